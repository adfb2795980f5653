"""Credits to news agencies in five languages, and what looks like one and is none."""

import pytest

from framing.errors import RegistryError
from framing.registry_files import load_registry

CREDITS = load_registry().credits


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("KYIV, Nov 24 (Reuters) - Envoys met.\nThey talked.", ["reuters"]),
        ("PARIS, 24 nov 2025 (AFP) - Les émissaires se sont vus.", ["afp"]),
        ("Berlin (dpa) – Die Gesandten trafen sich.", ["dpa"]),
        ("МОСКВА, 24 ноября. /ТАСС/. Переговоры прошли.", ["tass"]),
        ("МОСКВА, 24 ноя — РИА Новости. Переговоры прошли.", ["ria_novosti"]),
        ("Київ. 24 листопада. Укрінформ – Переговори відбулися.", ["ukrinform"]),
        ("Kyiv. November 24. INTERFAX-UKRAINE – Envoys met.", ["interfax_ukraine"]),
        ("Envoys met.\nThey talked.\njps/dpa", ["dpa"]),
        ("Man traf sich.\nQuelle: ntv.de, jwu/dpa/AFP", ["afp", "dpa"]),
        ("On s'est vu.\nLe Monde avec l’AFP", ["afp"]),
        ("Envoys met and talked. (Reuters, AP)", ["ap", "reuters"]),
        ("Envoys met.\n(Reporting by A. Sample; Editing by B. Example)", ["reuters"]),
        ("Envoys met.\nThis article contains material from the Associated Press.", ["ap"]),
        ("Встретились.\nПо материалам ТАСС и РИА Новости", ["ria_novosti", "tass"]),
        ("Зустрілися.\nДжерело: Інтерфакс-Україна", ["interfax_ukraine"]),
        ("Envoys met.\nSource: Anadolu\nFollow us", ["anadolu"]),
    ],
)
def test_a_credit_names_its_agency(text, agencies):
    assert list(CREDITS.find(text)) == agencies


@pytest.mark.parametrize(
    ("author", "agencies"),
    [
        ("Reuters", ["reuters"]),
        ("By Reuters", ["reuters"]),
        ("Jane Sample, Associated Press", ["ap"]),
        ("Le Monde avec AFP", ["afp"]),
        ("ТАСС", ["tass"]),
        ("By our correspondent", []),
        ("Foto: dpa", []),
        ("Ap Example", []),
        ("", []),
    ],
)
def test_a_byline_may_be_an_agency(author, agencies):
    assert list(CREDITS.find("Envoys met.", [author])) == agencies


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Envoys met, Reuters reported.\nThe minister told AFP so.\nPhoto: Reuters",
        "Talks ended with Reuters asking a question.",
        "Как сообщает ТАСС, переговоры прошли.",
        "За словами міністра агентству Укрінформ, переговори тривають.",
        "Die dpa meldet, man habe sich getroffen.",
        "Selon l'AFP, les émissaires se sont vus.",
        "By our correspondent\nEnvoys met.",
        "The APPLE harvest was good.\nAFPX",
        "Envoys met.\n(Reuters) quoted one of them.\nThey talked.\nOne\nTwo\nThree",
    ],
)
def test_a_quotation_is_no_credit(text):
    assert CREDITS.find(text) == ()


def test_one_name_for_two_agencies_is_a_fault(overlay):
    """It would credit the wrong one."""
    folder = overlay("agencies.toml", 'names = ["EFE"]', shipped="agencies.toml", old='names = ["ANSA"]')

    with pytest.raises(RegistryError) as raised:
        load_registry(folder)

    assert raised.value.faults == [
        "registry/agencies.toml, [agency.efe]: the name 'EFE' is also in [agency.ansa]. Delete it from one of them."
    ]

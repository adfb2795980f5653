-- voice_share: share of voice for any breakdown and period.

create or replace macro voice_share(
    by_what,
    first_day := date '1900-01-01',
    last_day := date '2999-12-31'
) as table
select * from core.voiced_words(by_what, first_day, last_day);

comment on macro table voice_share is 'As view share_of_voice, with a row per unit and actor, over the dated articles of a period (both days included; left out: all). by_what: outlet, class, language, country or all. Copies of one text within a unit are one, so a wire report in eight outlets of a class counts once in it.';

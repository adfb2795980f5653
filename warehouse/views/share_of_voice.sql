-- share_of_voice: who gets to speak in each outlet.

create or replace view share_of_voice as
select
    v.unit as outlet_id,
    o.name as outlet_name,
    o.outlet_class,
    v.* exclude (unit)
from core.voiced_words('outlet', date '1900-01-01', date '2999-12-31') as v
join core.outlet as o
    on v.unit = o.outlet_id;

comment on view share_of_voice is 'One row per outlet and actor that it lets speak, in direct or indirect speech, over all dated articles on the talks; one more row per outlet for the words of speakers that are not actors of the registry, or not clear. An outlet''s shares sum to one.';
comment on column share_of_voice.outlet_id is 'The outlet.';
comment on column share_of_voice.outlet_name is 'Name of the outlet, for people.';
comment on column share_of_voice.outlet_class is 'Class of the outlet, see view outlet.';
comment on column share_of_voice.actor_id is 'The actor, see view actor; null: the speaker is none of them, or it is unclear who speaks.';
comment on column share_of_voice.actor_name is 'Name of the actor, for people, or: not resolved.';
comment on column share_of_voice.side is 'RU, UA, US, EU or other; null: not resolved.';
comment on column share_of_voice.n_words is 'Words given to the actor; those inside somebody else''s words count for the latter.';
comment on column share_of_voice.n_quoted_words is 'Words that the outlet gives to anybody: the denominator.';
comment on column share_of_voice.share is 'n_words / n_quoted_words.';
comment on column share_of_voice.share_low is 'Lower end of its 95 % interval, from the texts: words of one text are one decision of an editor.';
comment on column share_of_voice.share_high is 'Upper end.';
comment on column share_of_voice.n_direct is 'Of n_words, those in direct speech: the actor''s own.';
comment on column share_of_voice.n_indirect is 'Of n_words, those in indirect speech: the outlet''s wording.';
comment on column share_of_voice.n_texts is 'Independent texts that let the actor speak.';
comment on column share_of_voice.n_articles is 'n: articles of the outlet that let anybody speak, copies included.';
comment on column share_of_voice.n_eff is 'Independent texts among them: a text that was printed twice counts once, as it was printed first.';
comment on column share_of_voice.too_few is 'n_eff below 8: not to be ranked or compared.';
comment on column share_of_voice.as_of is 'The newest score that is counted.';

-- verb_slant: whose words each outlet doubts.

create or replace view verb_slant as
select
    s.outlet_id,
    o.name as outlet_name,
    o.outlet_class,
    s.by_what,
    s.whose,
    case when s.by_what = 'side' then s.whose else k.name end as whose_name,
    s.k,
    s.n,
    s.n_eff,
    s.share,
    s.share_low,
    s.share_high,
    s.others_share,
    s.ratio,
    s.ratio_low,
    s.ratio_high,
    s.p,
    s.too_few,
    (select as_of_utc from core.portrait_state) as as_of
from core.verb_slant as s
join core.outlet as o
    on s.outlet_id = o.outlet_id
left join core.current_actor as k
    on s.whose = k.actor_id
    and s.by_what = 'actor';

comment on view verb_slant is 'One row per outlet and side, and per outlet and actor, whose words it attributes with a verb of saying: how often the verb doubts them ("claimed"), against all other outlets. Over the dated articles on the talks of the 90 days up to the newest.';
comment on column verb_slant.outlet_id is 'The outlet.';
comment on column verb_slant.outlet_name is 'Name of the outlet, for people.';
comment on column verb_slant.outlet_class is 'Class of the outlet, see view outlet.';
comment on column verb_slant.by_what is 'side or actor.';
comment on column verb_slant.whose is 'The side, or actor_id.';
comment on column verb_slant.whose_name is 'The side, or the name of the actor.';
comment on column verb_slant.k is 'Attributions with a verb that doubts.';
comment on column verb_slant.n is 'All attributions with a verb of a known class: neutral, approving, doubting and the others. A text that was printed twice counts once.';
comment on column verb_slant.n_eff is 'Independent texts with such an attribution.';
comment on column verb_slant.share is 'k / n.';
comment on column verb_slant.share_low is 'Lower end of its 95 % interval, from the texts.';
comment on column verb_slant.share_high is 'Upper end.';
comment on column verb_slant.others_share is 'The same share over all other outlets together; null: they attribute nothing.';
comment on column verb_slant.ratio is 'share / others_share, half an attribution added on all sides; null: the outlet or the others have fewer than 8 texts, or nobody doubts anything.';
comment on column verb_slant.ratio_low is 'Lower end of its 95 % interval.';
comment on column verb_slant.ratio_high is 'Upper end; infinite where the others doubt nothing.';
comment on column verb_slant.p is 'Two-sided p of no difference. Correct what is shown together: of twenty outlets that do not differ one falls below 0.05.';
comment on column verb_slant.too_few is 'The outlet or the others have fewer than 8 independent texts: not to be ranked or compared.';
comment on column verb_slant.as_of is 'The newest score that is counted.';

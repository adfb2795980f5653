-- divergence: how far apart classes of outlets frame the same days, beyond what chance alone gives.

create or replace view divergence as
select
    d.day_utc,
    d.n_days,
    d.excess,
    d.null_low,
    d.null_high,
    d.observed,
    d.p,
    d.q,
    coalesce(d.q < 0.05, false) as is_found,
    d.classes,
    d.n_eff,
    d.observed is null as too_few,
    (select s.as_of_utc from core.finding_state as s) as as_of
from core.divergence as d;

comment on view divergence is 'One row per UTC day of the last 90 and number of days taken together: the distance between the classes'' use of frames in their own voice, less what the same texts give when their classes are shuffled.';
comment on column divergence.day_utc is 'The UTC day; the last one where several are taken together.';
comment on column divergence.n_days is '1: the texts of the day alone; 7: those of the week that ends with it, for few classes have enough texts on one day. Choose one. Neighbouring weeks share texts: a line of them is smooth by that alone.';
comment on column divergence.excess is 'Jensen-Shannon divergence in bits, less the mean of 1,999 shuffles: around 0 where classes do not differ, below it by chance; null: too few.';
comment on column divergence.null_low is 'Lower end of the band that holds 95 % of the shuffles, around 0.';
comment on column divergence.null_high is 'Upper end of that band: an excess above it is unusual for one day.';
comment on column divergence.observed is 'The divergence as it is, with equal weights for the classes; its size says how few texts there are as much as how far apart they are.';
comment on column divergence.p is 'Share of the shuffles that are as far apart.';
comment on column divergence.q is 'The same corrected for the 90 days shown with this n_days (Benjamini and Hochberg).';
comment on column divergence.is_found is 'True where q is below 0.05. It says that the classes'' texts differ; that can be one outlet''s style, where it writes most of its class.';
comment on column divergence.classes is 'The classes compared: those with 8 independent texts or more. Compare excess only between days with the same classes.';
comment on column divergence.n_eff is 'Independent texts by class, those too few to compare among them.';
comment on column divergence.too_few is 'True when fewer than two classes have 8 independent texts, or one of them carries no frame.';
comment on column divergence.as_of is 'When the newest score or trace was made that is counted.';

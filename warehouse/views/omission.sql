-- omission: what an outlet did not report that others did.

create or replace view omission as
select
    x.event_id,
    e.title as event_title,
    e.event_time_utc,
    w.from_utc,
    w.to_utc,
    w.marks,
    case when w.n_before > 0 then w.n_marked_before / w.n_before end as share_before,
    x.outlet_id,
    o.name as outlet_name,
    o.outlet_class,
    x.state,
    x.doubt,
    x.n_on_event,
    x.n_articles,
    x.watched,
    x.n_due,
    x.n_peers_known,
    x.n_peers_covered,
    x.expected,
    x.p_none,
    x.notable,
    (select as_of_utc from core.portrait_state) as as_of
from core.omission as x
join core.event_window as w
    on x.event_id = w.event_id
join core.event as e
    on x.event_id = e.event_id
join core.outlet as o
    on x.outlet_id = o.outlet_id;

comment on view omission is 'One row per event of the registry that has begun and watched outlet: did it report? An article is on an event when it is published in the event''s window and names all that the event''s title names (marks). A value, not a judgement: there are good reasons not to report.';
comment on column omission.event_id is 'The event, see view event.';
comment on column omission.event_title is 'Its title: what marks are read from.';
comment on column omission.event_time_utc is 'When it happened; noon UTC stands for a day.';
comment on column omission.from_utc is 'Beginning of the window: 12 hours before.';
comment on column omission.to_utc is 'Its end, exclusive: 48 hours after.';
comment on column omission.marks is 'Actors, signals and topics that the title names, as "actor.id" and so on; an article on the event names them all. Empty: none that the codebook knows.';
comment on column omission.share_before is 'Of the measured articles of the 28 days before the window, the share that names all of them anyhow. Above 0.1, or null, articles on the event are not told from others.';
comment on column omission.outlet_id is 'The outlet.';
comment on column omission.outlet_name is 'Name of the outlet, for people.';
comment on column omission.outlet_class is 'Class of the outlet, see view outlet.';
comment on column omission.state is 'covered, not covered or could not know.';
comment on column omission.doubt is 'Why it could not be known, the first that holds: not watched (no feed was asked), event not told apart, feed down (for more than a tenth of the window, or it is not over), language not measured (most of the outlet''s articles), quiet outlet (it printed nothing on the talks, and fewer than three articles were due since its last); null: it is known.';
comment on column omission.n_on_event is 'Articles on the event, copies included.';
comment on column omission.n_articles is 'Measured articles on the talks in the window: the denominator.';
comment on column omission.watched is 'Share of the window, by UTC days, in which a feed answered and no gap was found.';
comment on column omission.n_due is 'Articles that were due from the outlet since its last before the window, at its own rate of the 28 days before; null: fewer than 14 of them are known.';
comment on column omission.n_peers_known is 'Other outlets of which it is known whether they covered it.';
comment on column omission.n_peers_covered is 'Those of them that did.';
comment on column omission.expected is 'Articles on the event that n_articles would hold at the peers'' rate; null: the peers are known to have published nothing.';
comment on column omission.p_none is 'How likely none would be at that rate, were articles independent; an order of magnitude.';
comment on column omission.notable is 'Not covered, by an outlet with 8 articles or more, though two others covered it and p_none is below 0.05.';
comment on column omission.as_of is 'The newest score that is counted.';

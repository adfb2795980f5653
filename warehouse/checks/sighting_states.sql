-- Every sighting is pending or in one of the terminal states, and an error says why.
select sighting_id, state, reason
from core.sighting
where state not in (
    'pending', 'stored', 'duplicate', 'off_topic', 'paywalled', 'wall', 'soft_404', 'index', 'video', 'too_short',
    'robots', 'error'
)
or (state = 'error' and coalesce(reason, '') = '');

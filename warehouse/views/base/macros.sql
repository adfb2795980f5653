-- The 95 % interval of a share k / n, k a fraction where texts count in part: Wilson's score interval (Wilson 1927,
-- J. Am. Stat. Assoc. 22, 209-212), moved outwards up to three carriers or others by the one-sided Poisson limit. The
-- numbers are those of framing/corpus/intervals.py, where the sources stand. null when nothing was measured: no number
-- is better than an invented one.

create or replace macro core.poisson_low(k) as
case when k > 0 then k * pow(greatest(1 - 1 / (9 * k) - 0.548285 / sqrt(k), 0), 3) else 0 end;

create or replace macro share_low(k, n) as
case when n > 0 then
    least(
        k / n,
        greatest(
            0.0,
            least(
                (k + 1.920729) / (n + 3.841459) - 1.959964 * sqrt(k * (n - k) / n + 0.960365) / (n + 3.841459),
                case when k <= 3 then core.poisson_low(k) / n else 1.0 end
            )
        )
    )
end;

create or replace macro share_high(k, n) as 1 - share_low(n - k, n);

comment on macro share_low is 'Lower end of the 95 % interval of k of n, in [0, 1]; null when n is 0. It takes the n as independent: give it k_eff and n_eff, for copies of one text make it too narrow.';
comment on macro share_high is 'Upper end of the same interval.';

-- What one row of a breakdown stands for.

create or replace macro core.unit_of(by_what, outlet_id, outlet_class, language, country) as
case by_what
    when 'outlet' then outlet_id
    when 'class' then outlet_class
    when 'language' then coalesce(language, '-')
    when 'country' then country
    when 'all' then 'all'
    else error('by_what is ''' || by_what || '''. Use outlet, class, language, country or all.')
end;

-- Whose voice is asked for; a typing error would otherwise be an empty answer.

create or replace macro core.known_voice(in_voice) as
case when in_voice in ('any', 'outlet', 'quoted', 'reported', 'rejected', 'scare') then in_voice
    else error('in_voice is ''' || in_voice || '''. Use outlet, quoted, reported, rejected, scare or any.')
end;

-- The day of publication where the reader lives.

create or replace macro core.local_day(time_zone, day_utc, day_kyiv, day_moscow) as
case time_zone
    when 'UTC' then day_utc
    when 'Europe/Kyiv' then day_kyiv
    when 'Europe/Moscow' then day_moscow
    else error('time_zone is ''' || time_zone || '''. Use UTC, Europe/Kyiv or Europe/Moscow.')
end;

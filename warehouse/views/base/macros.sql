-- Wilson score interval at 95 % for k of n (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212).
-- null when nothing was measured: no number is better than an invented one.

create or replace macro core.wilson_low(k, n) as
case when n > 0 then
    greatest(0.0, (k + 1.9207) / (n + 3.8415) - 1.96 * sqrt(k * (n - k) / n + 0.9604) / (n + 3.8415))
end;

create or replace macro core.wilson_high(k, n) as
case when n > 0 then
    least(1.0, (k + 1.9207) / (n + 3.8415) + 1.96 * sqrt(k * (n - k) / n + 0.9604) / (n + 3.8415))
end;

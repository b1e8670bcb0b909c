-- Own figures: one row of 64 counters per unit and origin. The edition's layout (modules/figures/rules) names the counters.
-- Sums add up over any scope at read time. Distinct enterprises are made additive by credit: in each scope exactly one
-- unit holds the credit for an enterprise, so a distinct count is a plain sum (docs/decisions/0003). No row is hot.
create table figure_row (
  province_code smallint not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  origin text not null check (origin in ('records', 'adjustments')),
  p1 text,
  p2 text,
  p3 text,
  ledger_no bigint not null default 0,
  entries integer not null default 0,
  s1 bigint not null default 0,
  s2 bigint not null default 0,
  s3 bigint not null default 0,
  s4 bigint not null default 0,
  s5 bigint not null default 0,
  s6 bigint not null default 0,
  s7 bigint not null default 0,
  s8 bigint not null default 0,
  s9 bigint not null default 0,
  s10 bigint not null default 0,
  s11 bigint not null default 0,
  s12 bigint not null default 0,
  s13 bigint not null default 0,
  s14 bigint not null default 0,
  s15 bigint not null default 0,
  s16 bigint not null default 0,
  s17 bigint not null default 0,
  s18 bigint not null default 0,
  s19 bigint not null default 0,
  s20 bigint not null default 0,
  s21 bigint not null default 0,
  s22 bigint not null default 0,
  s23 bigint not null default 0,
  s24 bigint not null default 0,
  s25 bigint not null default 0,
  s26 bigint not null default 0,
  s27 bigint not null default 0,
  s28 bigint not null default 0,
  s29 bigint not null default 0,
  s30 bigint not null default 0,
  s31 bigint not null default 0,
  s32 bigint not null default 0,
  s33 bigint not null default 0,
  s34 bigint not null default 0,
  s35 bigint not null default 0,
  s36 bigint not null default 0,
  s37 bigint not null default 0,
  s38 bigint not null default 0,
  s39 bigint not null default 0,
  s40 bigint not null default 0,
  s41 bigint not null default 0,
  s42 bigint not null default 0,
  s43 bigint not null default 0,
  s44 bigint not null default 0,
  s45 bigint not null default 0,
  s46 bigint not null default 0,
  s47 bigint not null default 0,
  s48 bigint not null default 0,
  s49 bigint not null default 0,
  s50 bigint not null default 0,
  s51 bigint not null default 0,
  s52 bigint not null default 0,
  s53 bigint not null default 0,
  s54 bigint not null default 0,
  s55 bigint not null default 0,
  s56 bigint not null default 0,
  s57 bigint not null default 0,
  s58 bigint not null default 0,
  s59 bigint not null default 0,
  s60 bigint not null default 0,
  s61 bigint not null default 0,
  s62 bigint not null default 0,
  s63 bigint not null default 0,
  s64 bigint not null default 0,
  primary key (province_code, edition_code, unit_code, origin)
) with (fillfactor = 50);
comment on table figure_row is 'A unit''s own counters, changed in the transaction that changes its ledger. ledger_no of the records row numbers the unit''s ledger changes without gaps.';

create table presence (
  province_code smallint not null,
  edition_code text not null,
  enterprise_id integer not null,
  slot smallint not null,
  unit_code text not null,
  p1 text,
  p2 text,
  p3 text,
  times integer not null,
  credit0 boolean not null default false,
  credit1 boolean not null default false,
  credit2 boolean not null default false,
  credit3 boolean not null default false,
  primary key (province_code, edition_code, enterprise_id, slot, unit_code)
) with (fillfactor = 85);
comment on table presence is 'How often an enterprise appears in a distinct figure (slot) of a unit, and which scopes'' credit this unit holds for it: 0 nation, 1 to 3 the ancestor at that depth.';
create index presence_enterprise on presence (edition_code, enterprise_id, slot);

create table adjustment (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  indicator text not null,
  counter smallint not null check (counter between 1 and 64),
  delta bigint not null check (delta <> 0 and abs(delta) <= 1000000000),
  reason text not null,
  ledger_no bigint not null,
  removed_ledger_no bigint,
  removal_reason text,
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  primary key (province_code, id)
);
comment on table adjustment is 'A count without records: kept with its reason, shown apart, never edited, only withdrawn.';
create index adjustment_unit on adjustment (province_code, edition_code, unit_code);

create function add_to_counters(p_province smallint, p_edition text, p_unit text, p_origin text, p_entries integer, p_deltas bigint[], p_number boolean)
returns bigint language plpgsql as $$
declare v_no bigint;
begin
  update figure_row f set
    entries = f.entries + p_entries,
    ledger_no = f.ledger_no + case when p_number then 1 else 0 end,
    s1 = f.s1 + p_deltas[1],
    s2 = f.s2 + p_deltas[2],
    s3 = f.s3 + p_deltas[3],
    s4 = f.s4 + p_deltas[4],
    s5 = f.s5 + p_deltas[5],
    s6 = f.s6 + p_deltas[6],
    s7 = f.s7 + p_deltas[7],
    s8 = f.s8 + p_deltas[8],
    s9 = f.s9 + p_deltas[9],
    s10 = f.s10 + p_deltas[10],
    s11 = f.s11 + p_deltas[11],
    s12 = f.s12 + p_deltas[12],
    s13 = f.s13 + p_deltas[13],
    s14 = f.s14 + p_deltas[14],
    s15 = f.s15 + p_deltas[15],
    s16 = f.s16 + p_deltas[16],
    s17 = f.s17 + p_deltas[17],
    s18 = f.s18 + p_deltas[18],
    s19 = f.s19 + p_deltas[19],
    s20 = f.s20 + p_deltas[20],
    s21 = f.s21 + p_deltas[21],
    s22 = f.s22 + p_deltas[22],
    s23 = f.s23 + p_deltas[23],
    s24 = f.s24 + p_deltas[24],
    s25 = f.s25 + p_deltas[25],
    s26 = f.s26 + p_deltas[26],
    s27 = f.s27 + p_deltas[27],
    s28 = f.s28 + p_deltas[28],
    s29 = f.s29 + p_deltas[29],
    s30 = f.s30 + p_deltas[30],
    s31 = f.s31 + p_deltas[31],
    s32 = f.s32 + p_deltas[32],
    s33 = f.s33 + p_deltas[33],
    s34 = f.s34 + p_deltas[34],
    s35 = f.s35 + p_deltas[35],
    s36 = f.s36 + p_deltas[36],
    s37 = f.s37 + p_deltas[37],
    s38 = f.s38 + p_deltas[38],
    s39 = f.s39 + p_deltas[39],
    s40 = f.s40 + p_deltas[40],
    s41 = f.s41 + p_deltas[41],
    s42 = f.s42 + p_deltas[42],
    s43 = f.s43 + p_deltas[43],
    s44 = f.s44 + p_deltas[44],
    s45 = f.s45 + p_deltas[45],
    s46 = f.s46 + p_deltas[46],
    s47 = f.s47 + p_deltas[47],
    s48 = f.s48 + p_deltas[48],
    s49 = f.s49 + p_deltas[49],
    s50 = f.s50 + p_deltas[50],
    s51 = f.s51 + p_deltas[51],
    s52 = f.s52 + p_deltas[52],
    s53 = f.s53 + p_deltas[53],
    s54 = f.s54 + p_deltas[54],
    s55 = f.s55 + p_deltas[55],
    s56 = f.s56 + p_deltas[56],
    s57 = f.s57 + p_deltas[57],
    s58 = f.s58 + p_deltas[58],
    s59 = f.s59 + p_deltas[59],
    s60 = f.s60 + p_deltas[60],
    s61 = f.s61 + p_deltas[61],
    s62 = f.s62 + p_deltas[62],
    s63 = f.s63 + p_deltas[63],
    s64 = f.s64 + p_deltas[64]
  where province_code = p_province and edition_code = p_edition and unit_code = p_unit and origin = p_origin
  returning ledger_no into v_no;
  if found then return v_no; end if;
  insert into figure_row as f (province_code, edition_code, unit_code, origin, p1, p2, p3, ledger_no, entries, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18, s19, s20, s21, s22, s23, s24, s25, s26, s27, s28, s29, s30, s31, s32, s33, s34, s35, s36, s37, s38, s39, s40, s41, s42, s43, s44, s45, s46, s47, s48, s49, s50, s51, s52, s53, s54, s55, s56, s57, s58, s59, s60, s61, s62, s63, s64)
  select p_province, p_edition, p_unit, p_origin, pl.p1, pl.p2, pl.p3, case when p_number then 1 else 0 end, p_entries, p_deltas[1], p_deltas[2], p_deltas[3], p_deltas[4], p_deltas[5], p_deltas[6], p_deltas[7], p_deltas[8], p_deltas[9], p_deltas[10], p_deltas[11], p_deltas[12], p_deltas[13], p_deltas[14], p_deltas[15], p_deltas[16], p_deltas[17], p_deltas[18], p_deltas[19], p_deltas[20], p_deltas[21], p_deltas[22], p_deltas[23], p_deltas[24], p_deltas[25], p_deltas[26], p_deltas[27], p_deltas[28], p_deltas[29], p_deltas[30], p_deltas[31], p_deltas[32], p_deltas[33], p_deltas[34], p_deltas[35], p_deltas[36], p_deltas[37], p_deltas[38], p_deltas[39], p_deltas[40], p_deltas[41], p_deltas[42], p_deltas[43], p_deltas[44], p_deltas[45], p_deltas[46], p_deltas[47], p_deltas[48], p_deltas[49], p_deltas[50], p_deltas[51], p_deltas[52], p_deltas[53], p_deltas[54], p_deltas[55], p_deltas[56], p_deltas[57], p_deltas[58], p_deltas[59], p_deltas[60], p_deltas[61], p_deltas[62], p_deltas[63], p_deltas[64]
  from placement pl where pl.edition_code = p_edition and pl.unit_code = p_unit
  on conflict do nothing;
  if found then return case when p_number then 1 else 0 end; end if;
  if not exists (select from placement where edition_code = p_edition and unit_code = p_unit) then
    raise exception 'unit % has no placement in edition %', p_unit, p_edition using errcode = 'FW001';
  end if;
  return add_to_counters(p_province, p_edition, p_unit, p_origin, p_entries, p_deltas, p_number);
end $$;

-- Races on one enterprise are settled here, in one order for everybody. A large batch takes the edition instead of each
-- enterprise, because every lock takes a place in shared memory.
create function lock_enterprises(p_edition text, p_enterprises integer[]) returns void language plpgsql as $$
declare v_edition integer := hashtext(p_edition);
begin
  if cardinality(p_enterprises) > 1000 then
    perform pg_advisory_xact_lock(v_edition, 0);
  else
    perform pg_advisory_xact_lock_shared(v_edition, 0);
    perform pg_advisory_xact_lock(v_edition, e) from (select distinct e from unnest(p_enterprises) e order by e) sorted;
  end if;
end $$;

-- p_slots[i] is the base counter of a distinct figure: base own, base+1 depth 3, base+2 depth 2, base+3 depth 1, base+4 nation.
-- p_steps[i] is how many more (or fewer, negative) times enterprise p_enterprises[i] appears in it.
-- In every scope the unit with the lowest code holds the credit for an enterprise. So the counters are a function of the
-- ledger alone: undoing a change brings back every row exactly, and rebuild_figures finds the same rows. (Credit by first
-- touch spares some writes, but then the rows depend on history.) An ancestor's code is lower than those below it, so no
-- ancestor's row is written on behalf of a unit below it.
--
-- A change of figures looks each of its enterprises up by index, whatever the table held when the plan was made. The plans of
-- a function live as long as a connection; made while presence was empty they read all of a unit's rows for every enterprise:
-- taking 500 enterprises from a unit that has 20,000 cost 2.9 s of processor time, 20,000 did not end in a minute. So the own
-- row and those of other units are found by a lateral lookup (offset 0 keeps it one) and then changed at their place (ctid; the
-- enterprise's lock is held since before the statement began). What is new is told by the row itself (xmax 0: inserted, not
-- updated). Now: 10 ms for 500, 0.35 s for 20,000 with such a plan; with 1,010,000 rows and a fresh plan 1, 4, 15 and 364 ms
-- for 1, 100, 500 and 20,000 (server PostgreSQL 15).
create function apply_to_figures(
  p_province smallint, p_edition text, p_unit text, p_origin text, p_entries integer, p_counters smallint[], p_amounts bigint[],
  p_enterprises integer[], p_slots smallint[], p_steps integer[]
) returns bigint language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  v_units text[] := array_fill(p_unit, array[cardinality(p_counters) + 1]);
  v_counters integer[] := p_counters::integer[] || 1;
  v_changes bigint[] := p_amounts || 0::bigint;
  v_more record;
  v_row record;
  v_deltas bigint[];
  v_no bigint;
begin
  if cardinality(p_enterprises) > 0 then
    perform lock_enterprises(p_edition, p_enterprises);

    with steps as (
      select e, s, sum(d)::integer as d from unnest(p_enterprises, p_slots, p_steps) as t(e, s, d) group by e, s having sum(d) > 0
    ), arrived as (
      insert into presence as p (province_code, edition_code, enterprise_id, slot, unit_code, p1, p2, p3, times, credit0, credit1, credit2, credit3)
      select p_province, p_edition, steps.e, steps.s, p_unit, pl.p1, pl.p2, pl.p3, steps.d,
        count(o.unit_code) = 0,
        pl.p1 is not null and not coalesce(bool_or(o.p1 = pl.p1), false),
        pl.p2 is not null and not coalesce(bool_or(o.p2 = pl.p2), false),
        pl.p3 is not null and not coalesce(bool_or(o.p3 = pl.p3), false)
      from steps
      join placement pl on pl.edition_code = p_edition and pl.unit_code = p_unit
      left join lateral (
        select o.unit_code, o.p1, o.p2, o.p3 from presence o
        where o.edition_code = p_edition and o.enterprise_id = steps.e and o.slot = steps.s and o.unit_code < p_unit offset 0
      ) o on true
      group by steps.e, steps.s, steps.d, pl.p1, pl.p2, pl.p3
      order by steps.e, steps.s
      on conflict (province_code, edition_code, enterprise_id, slot, unit_code) do update set times = p.times + excluded.times
      returning p.enterprise_id, p.slot, p.times, p.p1, p.p2, p.p3, p.credit0, p.credit1, p.credit2, p.credit3, p.xmax = 0 as inserted
    ), fresh as (
      select * from arrived where inserted
    ), losers as (
      select o.place, o.unit_code, f.slot,
        o.credit0 and f.credit0 as lost0,
        coalesce(o.credit1 and f.credit1 and o.p1 = f.p1, false) as lost1,
        coalesce(o.credit2 and f.credit2 and o.p2 = f.p2, false) as lost2,
        coalesce(o.credit3 and f.credit3 and o.p3 = f.p3, false) as lost3
      from fresh f cross join lateral (
        select o.ctid as place, o.unit_code, o.p1, o.p2, o.p3, o.credit0, o.credit1, o.credit2, o.credit3 from presence o
        where o.edition_code = p_edition and o.enterprise_id = f.enterprise_id and o.slot = f.slot and o.unit_code > p_unit offset 0
      ) o
    ), handed_over as (
      update presence p set credit0 = p.credit0 and not l.lost0, credit1 = p.credit1 and not l.lost1,
        credit2 = p.credit2 and not l.lost2, credit3 = p.credit3 and not l.lost3
      from losers l
      where p.ctid = l.place and (l.lost0 or l.lost1 or l.lost2 or l.lost3)
    )
    select coalesce(array_agg(u), '{}') as units, coalesce(array_agg(c), '{}') as counters, coalesce(array_agg(n), '{}') as changes into v_more from (
      select p_unit as u, slot + step as c, n from (
        select slot, count(*) as own, count(*) filter (where credit3) as n3, count(*) filter (where credit2) as n2,
          count(*) filter (where credit1) as n1, count(*) filter (where credit0) as n0 from fresh group by slot
      ) held, lateral (values (0, own), (1, n3), (2, n2), (3, n1), (4, n0)) as w(step, n)
      union all
      select unit_code, slot + step, -n from (
        select unit_code, slot, count(*) filter (where lost3) as n3, count(*) filter (where lost2) as n2,
          count(*) filter (where lost1) as n1, count(*) filter (where lost0) as n0 from losers group by unit_code, slot
      ) lost, lateral (values (1, n3), (2, n2), (3, n1), (4, n0)) as w(step, n)
    ) changed where n <> 0;
    v_units := v_units || v_more.units;
    v_counters := v_counters || v_more.counters;
    v_changes := v_changes || v_more.changes;
  end if;

  if exists (select from unnest(p_steps) d where d < 0) then
    with steps as (
      select e, s, sum(d)::integer as d from unnest(p_enterprises, p_slots, p_steps) as t(e, s, d) group by e, s having sum(d) < 0
    ), held as materialized (
      select o.place, o.times + steps.d as left_over from steps cross join lateral (
        select o.ctid as place, o.times from presence o
        where o.province_code = p_province and o.edition_code = p_edition and o.enterprise_id = steps.e and o.slot = steps.s and o.unit_code = p_unit offset 0
      ) o
    ), lowered as (
      update presence p set times = held.left_over from held where p.ctid = held.place and held.left_over > 0
    ), gone as (
      delete from presence p using held where p.ctid = held.place and held.left_over <= 0
      returning p.enterprise_id, p.slot, p.p1, p.p2, p.p3, p.credit0, p.credit1, p.credit2, p.credit3
    ), heirs as (
      select o.place, o.unit_code, g.slot,
        g.credit0 and row_number() over (partition by g.enterprise_id, g.slot order by o.unit_code) = 1 as won0,
        coalesce(g.credit1 and o.p1 = g.p1, false) and row_number() over (partition by g.enterprise_id, g.slot, o.p1 order by o.unit_code) = 1 as won1,
        coalesce(g.credit2 and o.p2 = g.p2, false) and row_number() over (partition by g.enterprise_id, g.slot, o.p2 order by o.unit_code) = 1 as won2,
        coalesce(g.credit3 and o.p3 = g.p3, false) and row_number() over (partition by g.enterprise_id, g.slot, o.p3 order by o.unit_code) = 1 as won3
      from gone g cross join lateral (
        select o.ctid as place, o.unit_code, o.p1, o.p2, o.p3 from presence o
        where o.edition_code = p_edition and o.enterprise_id = g.enterprise_id and o.slot = g.slot and o.unit_code <> p_unit offset 0
      ) o
    ), taken_over as (
      update presence p set credit0 = p.credit0 or h.won0, credit1 = p.credit1 or h.won1, credit2 = p.credit2 or h.won2, credit3 = p.credit3 or h.won3
      from heirs h
      where p.ctid = h.place and (h.won0 or h.won1 or h.won2 or h.won3)
    )
    select coalesce(array_agg(u), '{}') as units, coalesce(array_agg(c), '{}') as counters, coalesce(array_agg(n), '{}') as changes into v_more from (
      select p_unit as u, slot + step as c, -n as n from (
        select slot, count(*) as own, count(*) filter (where credit3) as n3, count(*) filter (where credit2) as n2,
          count(*) filter (where credit1) as n1, count(*) filter (where credit0) as n0 from gone group by slot
      ) lost, lateral (values (0, own), (1, n3), (2, n2), (3, n1), (4, n0)) as w(step, n)
      union all
      select unit_code, slot + step, n from (
        select unit_code, slot, count(*) filter (where won3) as n3, count(*) filter (where won2) as n2,
          count(*) filter (where won1) as n1, count(*) filter (where won0) as n0 from heirs group by unit_code, slot
      ) won, lateral (values (1, n3), (2, n2), (3, n1), (4, n0)) as w(step, n)
    ) changed where n <> 0;
    v_units := v_units || v_more.units;
    v_counters := v_counters || v_more.counters;
    v_changes := v_changes || v_more.changes;
  end if;

  -- Counter rows last and in unit order, so that two writers never wait for each other in a circle.
  for v_row in select u, array_agg(c) as counters, array_agg(n) as changes from unnest(v_units, v_counters, v_changes) as t(u, c, n) group by u order by u loop
    v_deltas := array_fill(0::bigint, array[64]);
    for i in 1..cardinality(v_row.counters) loop
      v_deltas[v_row.counters[i]] := v_deltas[v_row.counters[i]] + v_row.changes[i];
    end loop;
    if v_row.u = p_unit then
      v_no := add_to_counters(p_province, p_edition, p_unit, p_origin, p_entries, v_deltas, p_origin = 'records');
    else
      perform add_to_counters((select province_code from placement where edition_code = p_edition and unit_code = v_row.u), p_edition, v_row.u, 'records', 0, v_deltas, false);
    end if;
  end loop;
  return v_no;
end $$;

-- Everything again from the ledger: after the tree of an edition changed, after a bulk load, and as the check of the rest.
create function rebuild_figures(p_edition text) returns void language plpgsql as $$
begin
  -- In the order writers take them: whoever is changing figures ends first, whoever comes later waits.
  lock table presence in exclusive mode;
  lock table figure_row in exclusive mode;
  delete from presence where edition_code = p_edition;
  insert into presence (province_code, edition_code, enterprise_id, slot, unit_code, p1, p2, p3, times, credit0, credit1, credit2, credit3)
  select province_code, p_edition, enterprise_id, slot, unit_code, p1, p2, p3, times,
    row_number() over (partition by enterprise_id, slot order by unit_code) = 1,
    p1 is not null and row_number() over (partition by enterprise_id, slot, p1 order by unit_code) = 1,
    p2 is not null and row_number() over (partition by enterprise_id, slot, p2 order by unit_code) = 1,
    p3 is not null and row_number() over (partition by enterprise_id, slot, p3 order by unit_code) = 1
  from (
    select a.province_code, pt.enterprise_id, d.slot, a.unit_code, pl.p1, pl.p2, pl.p3, count(*)::integer as times
    from activity a
    join participation pt on pt.province_code = a.province_code and pt.activity_id = a.id
    join placement pl on pl.edition_code = a.edition_code and pl.unit_code = a.unit_code
    cross join lateral unnest(a.distinct_counters) as d(slot)
    where a.edition_code = p_edition and a.deleted_at is null
    group by a.province_code, pt.enterprise_id, d.slot, a.unit_code, pl.p1, pl.p2, pl.p3
  ) times_seen;

  delete from figure_row where edition_code = p_edition;
  insert into figure_row (province_code, edition_code, unit_code, origin, p1, p2, p3, ledger_no, entries, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18, s19, s20, s21, s22, s23, s24, s25, s26, s27, s28, s29, s30, s31, s32, s33, s34, s35, s36, s37, s38, s39, s40, s41, s42, s43, s44, s45, s46, s47, s48, s49, s50, s51, s52, s53, s54, s55, s56, s57, s58, s59, s60, s61, s62, s63, s64)
  select pl.province_code, p_edition, pl.unit_code, origin, pl.p1, pl.p2, pl.p3,
    case when origin = 'records' then greatest(
      (select max(v.ledger_no) from activity_version v where v.province_code = pl.province_code and v.edition_code = p_edition and v.unit_code = pl.unit_code),
      (select max(greatest(j.ledger_no, j.removed_ledger_no)) from adjustment j where j.province_code = pl.province_code and j.edition_code = p_edition and j.unit_code = pl.unit_code),
      0) else 0 end,
    coalesce(sum(entries), 0),
    coalesce(sum(amount) filter (where counter = 1), 0),
    coalesce(sum(amount) filter (where counter = 2), 0),
    coalesce(sum(amount) filter (where counter = 3), 0),
    coalesce(sum(amount) filter (where counter = 4), 0),
    coalesce(sum(amount) filter (where counter = 5), 0),
    coalesce(sum(amount) filter (where counter = 6), 0),
    coalesce(sum(amount) filter (where counter = 7), 0),
    coalesce(sum(amount) filter (where counter = 8), 0),
    coalesce(sum(amount) filter (where counter = 9), 0),
    coalesce(sum(amount) filter (where counter = 10), 0),
    coalesce(sum(amount) filter (where counter = 11), 0),
    coalesce(sum(amount) filter (where counter = 12), 0),
    coalesce(sum(amount) filter (where counter = 13), 0),
    coalesce(sum(amount) filter (where counter = 14), 0),
    coalesce(sum(amount) filter (where counter = 15), 0),
    coalesce(sum(amount) filter (where counter = 16), 0),
    coalesce(sum(amount) filter (where counter = 17), 0),
    coalesce(sum(amount) filter (where counter = 18), 0),
    coalesce(sum(amount) filter (where counter = 19), 0),
    coalesce(sum(amount) filter (where counter = 20), 0),
    coalesce(sum(amount) filter (where counter = 21), 0),
    coalesce(sum(amount) filter (where counter = 22), 0),
    coalesce(sum(amount) filter (where counter = 23), 0),
    coalesce(sum(amount) filter (where counter = 24), 0),
    coalesce(sum(amount) filter (where counter = 25), 0),
    coalesce(sum(amount) filter (where counter = 26), 0),
    coalesce(sum(amount) filter (where counter = 27), 0),
    coalesce(sum(amount) filter (where counter = 28), 0),
    coalesce(sum(amount) filter (where counter = 29), 0),
    coalesce(sum(amount) filter (where counter = 30), 0),
    coalesce(sum(amount) filter (where counter = 31), 0),
    coalesce(sum(amount) filter (where counter = 32), 0),
    coalesce(sum(amount) filter (where counter = 33), 0),
    coalesce(sum(amount) filter (where counter = 34), 0),
    coalesce(sum(amount) filter (where counter = 35), 0),
    coalesce(sum(amount) filter (where counter = 36), 0),
    coalesce(sum(amount) filter (where counter = 37), 0),
    coalesce(sum(amount) filter (where counter = 38), 0),
    coalesce(sum(amount) filter (where counter = 39), 0),
    coalesce(sum(amount) filter (where counter = 40), 0),
    coalesce(sum(amount) filter (where counter = 41), 0),
    coalesce(sum(amount) filter (where counter = 42), 0),
    coalesce(sum(amount) filter (where counter = 43), 0),
    coalesce(sum(amount) filter (where counter = 44), 0),
    coalesce(sum(amount) filter (where counter = 45), 0),
    coalesce(sum(amount) filter (where counter = 46), 0),
    coalesce(sum(amount) filter (where counter = 47), 0),
    coalesce(sum(amount) filter (where counter = 48), 0),
    coalesce(sum(amount) filter (where counter = 49), 0),
    coalesce(sum(amount) filter (where counter = 50), 0),
    coalesce(sum(amount) filter (where counter = 51), 0),
    coalesce(sum(amount) filter (where counter = 52), 0),
    coalesce(sum(amount) filter (where counter = 53), 0),
    coalesce(sum(amount) filter (where counter = 54), 0),
    coalesce(sum(amount) filter (where counter = 55), 0),
    coalesce(sum(amount) filter (where counter = 56), 0),
    coalesce(sum(amount) filter (where counter = 57), 0),
    coalesce(sum(amount) filter (where counter = 58), 0),
    coalesce(sum(amount) filter (where counter = 59), 0),
    coalesce(sum(amount) filter (where counter = 60), 0),
    coalesce(sum(amount) filter (where counter = 61), 0),
    coalesce(sum(amount) filter (where counter = 62), 0),
    coalesce(sum(amount) filter (where counter = 63), 0),
    coalesce(sum(amount) filter (where counter = 64), 0)
  from (
    select unit_code, 'records' as origin, c.counter, c.amount, (c.n = 1)::integer as entries
    from activity, lateral (select * from unnest(counters, amounts) with ordinality as t(counter, amount, n) union all select null, null, 1 where cardinality(counters) = 0) c
    where edition_code = p_edition and deleted_at is null
    union all
    select unit_code, 'records', slot + w.step, w.credits, 0
    from (select unit_code, slot, count(*) as own, count(*) filter (where credit3) as c3, count(*) filter (where credit2) as c2,
        count(*) filter (where credit1) as c1, count(*) filter (where credit0) as c0
      from presence where edition_code = p_edition group by unit_code, slot) held,
      lateral (values (0, own), (1, c3), (2, c2), (3, c1), (4, c0)) as w(step, credits)
    union all
    select unit_code, 'adjustments', counter, amount, 0
    from adjustment, lateral (select delta as amount) x
    where edition_code = p_edition and removed_ledger_no is null
    union all
    select distinct unit_code, 'records', null::integer, null::bigint, 0 from activity_version where edition_code = p_edition
    union all
    select distinct unit_code, o.origin, null::integer, null::bigint, 0 from adjustment, (values ('records'), ('adjustments')) as o(origin) where edition_code = p_edition
  ) parts
  join placement pl on pl.edition_code = p_edition and pl.unit_code = parts.unit_code
  group by pl.province_code, pl.unit_code, origin, pl.p1, pl.p2, pl.p3;
end $$;

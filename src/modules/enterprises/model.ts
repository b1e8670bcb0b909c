// Enterprises as the ledger names them: by 统一社会信用代码 (GB 32100), or without one and with the reason; and what a unit knows of
// them beside that: tags, address, contacts, whether they are on its list of key enterprises.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { plainText } from '../../shared/wire.ts';
import { isUscc, normaliseUscc } from './rules.ts';

/** 18 characters; normalised (full-width, lower case, blanks) and check digits verified. */
export const uscc = z.string().max(40, { error: 'uscc_length', abort: true }).overwrite(normaliseUscc).refine(isUscc, { error: 'uscc_check' });

/** Why an enterprise has no code (domain 9, question 22). */
export const uncodedReason = z.enum(['not_registered', 'sole_trader', 'foreign', 'military', 'unknown_on_site']);
export type UncodedReason = z.output<typeof uncodedReason>;

/** An enterprise attending: with a code, or named without one and with the reason. */
export const attendance = z.union([
  z.strictObject({ uscc, name: plainText(100), reason: z.null().default(null) }),
  z.strictObject({ uscc: z.null(), name: plainText(100), reason: uncodedReason }),
]);
export type Attendance = z.output<typeof attendance>;

export const enterprise = z.object({ uscc: z.string(), name: z.string() });
export type Enterprise = z.output<typeof enterprise>;

/** The kinds of firms that the notice names for special attention (part 四). */
export const targetTag = z.enum(['knowledge_intensive', 'technology_intensive', 'innovative', 'time_honoured']);
export type TargetTag = z.output<typeof targetTag>;
export const targetTags = z.array(targetTag).max(4).overwrite((tags) => targetTag.options.filter((tag) => tags.includes(tag)));

/** What a unit writes down of an enterprise. */
export const recordContent = z.strictObject({
  tags: targetTags.default([]),
  industry: plainText(60, 0).default(''),
  address: plainText(120, 0).default(''),
  note: plainText(500, 0).default(''),
});
export type RecordContent = z.output<typeof recordContent>;

/** What a contact may be used for: what the firm was told, and nothing else. */
export const contactPurpose = z.enum(['visits', 'trainings', 'questionnaires', 'guidance']);
export type ContactPurpose = z.output<typeof contactPurpose>;

/** How the person was told. */
export const toldHow = z.enum(['in_person', 'telephone', 'written', 'online']);
export type ToldHow = z.output<typeof toldHow>;

/** Why a contact is erased. */
export const erasureReason = z.enum(['withdrawn', 'left', 'wrong', 'not_needed']);
export type ErasureReason = z.output<typeof erasureReason>;

/** Who is spoken to: personal information (class D4), wrapped where it is stored. */
export const contactPerson = z.strictObject({
  name: plainText(40),
  post: plainText(40, 0).default(''),
  telephone: z.string().max(40).overwrite((text) => text.normalize('NFKC').replace(/[\s()-]/g, '')).refine((text) => /^(?:\+?\d{5,20})?$/.test(text), { error: 'telephone_wrong' }).default(''),
  email: z.string().max(120).overwrite((text) => text.normalize('NFKC').trim()).refine((text) => text === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), { error: 'email_wrong' }).default(''),
});
export type ContactPerson = z.output<typeof contactPerson>;

/** What the person was told before anything was written down: for what, in which words, when, by whom. */
export const consent = z.strictObject({
  purposes: z.array(contactPurpose).min(1, { error: 'purpose_missing' }).max(4).overwrite((chosen) => contactPurpose.options.filter((one) => chosen.includes(one))),
  notice: plainText(500, 8),
  toldOn: calendarDate,
  toldBy: plainText(40),
  toldHow,
});
export type Consent = z.output<typeof consent>;

/** A contact as it is counted: whether it is there and what may be done with it, never who it is. */
export const contactTrace = z.object({
  id: z.string(),
  purposes: z.array(contactPurpose),
  toldOn: calendarDate,
  toldBy: z.string(),
  toldHow,
  notice: z.string(),
  version: z.number().int(),
  changedAt: instant,
  erasedAt: instant.nullable(),
  erasedBy: z.string().nullable(),
  erasedFor: erasureReason.nullable(),
});
export type ContactTrace = z.output<typeof contactTrace>;

/** An entry of the ledger that names the enterprise: its service history is nothing else, since all work becomes entries (0031). */
export const service = z.object({
  id: z.string(),
  editionCode: z.string(),
  kind: z.string(),
  occurredOn: calendarDate,
  title: z.string(),
  /** The work it counts as, by name of its module; null for an entry typed in the ledger. */
  work: z.string().nullable(),
});
export type Service = z.output<typeof service>;

/** A line of a unit's register. */
export const registerLine = z.object({
  uscc: z.string(),
  name: z.string(),
  tags: z.array(targetTag),
  industry: z.string(),
  /** On the unit's list of key enterprises for the edition. */
  target: z.boolean(),
  /** Entries of the unit that name it in the edition. */
  services: z.number().int(),
  lastServedOn: calendarDate.nullable(),
  contacts: z.number().int(),
});
export type RegisterLine = z.output<typeof registerLine>;

export const registerFilter = {
  query: plainText(60).optional(),
  tag: targetTag.optional(),
  /** On the list or not. */
  target: z.enum(['yes', 'no']).optional(),
  served: z.enum(['yes', 'no']).optional(),
};

const tally = { targets: z.number().int(), served: z.number().int() };

/** How far a list of key enterprises is served. Enterprises are counted once each. */
export const coverage = z.object({
  ...tally,
  tags: z.array(z.object({ tag: targetTag, ...tally })),
  /** Listed enterprises that entries of a kind name. */
  kinds: z.array(z.object({ kind: z.string(), served: z.number().int() })),
});
export type Coverage = z.output<typeof coverage>;

export const unitCoverage = z.object({ unitCode: z.string(), unitName: z.string(), ...tally });
export type UnitCoverage = z.output<typeof unitCoverage>;

/** Why two look like one: the same name, one name within the other, or names that differ in the form of company only. */
export const likenessSign = z.enum(['same_name', 'same_stem', 'part_of_name']);
export type LikenessSign = z.output<typeof likenessSign>;

/** Two that may be one: `from` was written down without a code, or under another. */
export const likeness = z.object({
  from: z.object({ uscc: z.string().nullable(), name: z.string(), entries: z.number().int() }),
  into: z.object({ uscc: z.string(), name: z.string(), entries: z.number().int() }),
  sign: likenessSign,
});
export type Likeness = z.output<typeof likeness>;

export const merge = z.object({
  id: z.string(),
  from: z.object({ uscc: z.string().nullable(), name: z.string() }),
  into: enterprise,
  reason: z.string(),
  /** Entries that got a new version. */
  changed: z.number().int(),
  /** Entries that another service keeps, which say what that service says. */
  left: z.number().int(),
  accountName: z.string(),
  at: instant,
  undoneAt: instant.nullable(),
  undoneByName: z.string().nullable(),
  undoneReason: z.string().nullable(),
});
export type Merge = z.output<typeof merge>;

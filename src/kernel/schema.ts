// The tables as Kysely sees them; kept by hand and compared with information_schema by a test.
// snake_case in SQL, camelCase here through one plugin. Dates and instants are text, see shared/instant.ts.
import type { ColumnType, Generated } from 'kysely';
import type { CalendarDate, Instant } from '../shared/instant.ts';
import type { Json } from '../shared/problem.ts';

type Document = ColumnType<{ readonly [key: string]: Json }, string, string>;
type OptionalJson = ColumnType<Json, string | null, string | null>;

type PointState = 'candidate' | 'nurturing' | 'applied' | 'inspected' | 'named' | 'reviewed' | 'revoked';
type RequestState = 'pending' | 'approved' | 'refused' | 'withdrawn';

export interface Schema {
  auditEvent: {
    provinceCode: number; id: Generated<number>; at: Instant; accountId: string | null; accountName: string; requestId: string;
    action: string; unitCode: string; subjectKind: string; subjectId: string; before: OptionalJson; after: OptionalJson; basis: string | null;
    leaf: Generated<number | null>;
  };
  logHead: { provinceCode: number; size: number; at: Instant; records: number; payloadHash: string; previousHash: string; leafHash: string };
  logLeaf: { provinceCode: number; seq: number; at: Instant; requestId: string; records: number; payloadHash: string; previousHash: string; leafHash: string };
  logNode: { provinceCode: number; level: number; position: number; hash: string };
  logCheckpoint: { provinceCode: number; origin: string; size: number; root: string; at: Instant; note: string };
  logWitness: { name: string; keyId: string; publicKey: string; address: string | null; registeredBy: string; registeredAt: Instant; removedAt: Instant | null };
  logCosignature: { provinceCode: number; origin: string; size: number; witnessName: string; keyId: string; at: Instant; line: string };
  logOrigin: { origin: string; publicKey: string; size: number; root: string; registeredBy: string; registeredAt: Instant; seenAt: Instant | null };
  requestKey: { provinceCode: number; accountId: string; key: string; endpoint: string; inputDigest: string; answer: OptionalJson; at: Instant };
  operationRun: { id: Generated<number>; kind: 'backup' | 'drill' | 'restore' | 'move' | 'upgrade' | 'undo' | 'log_check'; at: Instant; held: boolean; details: Document };
  setting: { key: string; value: ColumnType<Json, string, string> };
  place: { code: string; name: string; parentCode: string | null; validFrom: CalendarDate; validTo: CalendarDate | null; successorCode: string | null };
  unit: {
    code: string; name: string; shortName: string; kind: string; provinceCode: number; pinyin: string; initials: string; placeCodes: string[];
    demonstration: Generated<boolean>; validFrom: CalendarDate; validTo: CalendarDate | null; successorCodes: Generated<string[]>;
  };
  unitLine: { unitCode: string; parentCode: string; validFrom: CalendarDate; validTo: CalendarDate | null };
  account: {
    id: string; signInName: string; displayName: string; duty: Generated<string>; passwordHash: string | null; passwordChangedAt: Generated<Instant | null>; disabledAt: Instant | null;
    demonstration: Generated<boolean>; version: Generated<number>; createdAt: Instant; endsAt: Generated<Instant | null>; lastSignedInAt: Generated<Instant | null>;
  };
  enterpriseAccount: {
    accountId: string; duty: Generated<string>; enterpriseId: number; unitCode: string; contact: string; checked: string; openedBy: string; openedByName: string; openedAt: Instant;
    recoveryReason: Generated<string | null>; recoveryContact: Generated<string | null>; recoveryBy: Generated<string | null>; recoveryByName: Generated<string | null>; recoveryAt: Generated<Instant | null>;
  };
  enterpriseAccountRequest: {
    provinceCode: number; id: string; unitCode: string; uscc: string; name: string; contact: string | null; codeHash: string; askedAt: Instant;
    state: Generated<'pending' | 'approved' | 'refused'>; decidedBy: Generated<string | null>; decidedByName: Generated<string | null>; decidedAt: Generated<Instant | null>; checked: Generated<string | null>;
  };
  assessment: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; enterpriseId: number; bank: string; version: number; state: 'draft' | 'finished'; way: 'alone' | 'with_officer';
    content: string; size: string | null; score: number | null; band: string | null; sharedAt: Instant | null; officerId: string | null; officerName: string | null; visitId: string | null;
    demonstration: Generated<boolean>; createdAt: Instant; changedAt: Instant; finishedAt: Instant | null;
  };
  roleGrant: { accountId: string; role: string; unitCode: string; duty: Generated<string> };
  session: {
    tokenHash: string; accountId: string; createdAt: Instant; expiresAt: Instant; id: Generated<string>; device: Generated<'desktop' | 'phone'>; browser: Generated<string>; system: Generated<string>; enrolling: Generated<boolean>;
    lastSeenAt: Generated<Instant | null>; provedAt: Generated<Instant | null>; lockedAt: Generated<Instant | null>; previousHash: Generated<string | null>; renewedAt: Generated<Instant | null>;
    endedAt: Generated<Instant | null>; endedWhy: Generated<string | null>; substitutionId: Generated<string | null>;
  };
  grantRequest: {
    id: string; accountId: string; kind: 'invitation' | 'change'; unitCode: string; reason: string; proposedBy: string; proposedByName: string; proposedAt: Instant;
    state: Generated<RequestState>; decidedBy: Generated<string | null>; decidedByName: Generated<string | null>; decidedAt: Generated<Instant | null>; decisionReason: Generated<string | null>;
  };
  requestedRole: { requestId: string; role: string; unitCode: string };
  recovery: {
    id: string; accountId: string; unitCode: string; reason: string; requestedBy: string; requestedByName: string; requestedAs: 'unit' | 'security'; requestedAt: Instant;
    state: Generated<RequestState>; decidedBy: Generated<string | null>; decidedByName: Generated<string | null>; decidedAt: Generated<Instant | null>;
  };
  substitution: {
    id: string; accountId: string; substituteId: string; unitCode: string; firstDay: CalendarDate; lastDay: CalendarDate; namedBy: string; namedByName: string; namedAt: Instant;
    revokedAt: Generated<Instant | null>; revokedByName: Generated<string | null>;
  };
  substitutedRole: { substitutionId: string; role: string; unitCode: string };
  attestation: { id: string; unitCode: string; year: number; attestedBy: string; attestedByName: string; at: Instant };
  attestedAccount: { attestationId: string; accountId: string; accountName: string; verdict: 'keep' | 'take_role' | 'disable' };
  passwordBefore: { accountId: string; passwordHash: string; at: Instant };
  totp: {
    id: string; accountId: string; name: string; secret: string; lastStep: number; createdAt: Instant; confirmedAt: Instant | null; lastUsedAt: Generated<Instant | null>;
  };
  recoveryCode: { codeHash: string; accountId: string; createdAt: Instant; usedAt: Generated<Instant | null> };
  signInTicket: { ticketHash: string; accountId: string; accountVersion: number; tries: Generated<number>; expiresAt: Instant };
  knownDevice: { accountId: string; device: string; browser: string; system: string; firstSeenAt: Instant };
  accountNotice: { id: string; accountId: string; kind: string; details: Document; at: Instant; seenAt: Generated<Instant | null> };
  signInLink: { tokenHash: string; accountId: string; expiresAt: Instant; usedAt: Instant | null };
  signInAttempt: { signInName: string; at: Instant; step: Generated<'password' | 'second_factor'> };
  passkey: {
    credentialId: string; accountId: string; publicKey: string; counter: number; name: string; transports: string[]; synced: boolean; createdAt: Instant; lastUsedAt: Instant | null;
  };
  ukey: {
    id: string; accountId: string; fingerprint: string; publicKey: string; name: string; subject: string | null; serial: string | null; validFrom: Instant | null; validUntil: Instant | null;
    registeredBy: string; registeredByName: string; registeredAt: Instant; lastUsedAt: Instant | null;
  };
  linkedIdentity: {
    issuer: string; subject: string; accountId: string; label: string; linkedBy: string; linkedByName: string; linkedAt: Instant; lastUsedAt: Instant | null;
  };
  signInChallenge: { handleHash: string; purpose: string; accountId: string | null; content: Document; expiresAt: Instant };
  edition: { code: string; definition: Document; digest: string; treeDate: CalendarDate; closedAt: Instant | null; loadedAt: Instant };
  placement: {
    editionCode: string; unitCode: string; provinceCode: number; parentCode: string | null; depth: number;
    p1: string | null; p2: string | null; p3: string | null; sort: string;
  };
  internalDeadline: { editionCode: string; unitCode: string; dueAt: Instant; reason: string; setBy: string; setAt: Instant };
  extensionRow: { editionCode: string; unitCode: string; code: string; definition: Document; baseSlot: number; removedAt: Instant | null };
  enterprise: {
    id: Generated<number>; uscc: string; name: string; nameBigrams: string[]; demonstration: Generated<boolean>; createdAt: Instant; createdBy: string;
  };
  enterpriseRecord: {
    provinceCode: number; unitCode: string; enterpriseId: number; tags: string[]; industry: string; address: string; note: string; version: Generated<number>;
    demonstration: Generated<boolean>; createdBy: string; createdAt: Instant; changedAt: Instant;
  };
  enterpriseContact: {
    provinceCode: number; id: string; unitCode: string; enterpriseId: number; sealed: string | null; purposes: string[]; notice: string; toldOn: CalendarDate; toldBy: string;
    toldHow: string; version: Generated<number>; demonstration: Generated<boolean>; createdBy: string; createdAt: Instant; changedAt: Instant; erasedAt: Instant | null;
    erasedBy: string | null; erasedFor: string | null;
  };
  targetEnterprise: { provinceCode: number; editionCode: string; unitCode: string; enterpriseId: number; demonstration: Generated<boolean>; addedBy: string; addedAt: Instant };
  enterpriseMerge: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; fromEnterpriseId: number | null; fromName: string; intoEnterpriseId: number; reason: string; trace: Document;
    accountId: string; accountName: string; at: Instant; undoneAt: Instant | null; undoneByName: string | null; undoneReason: string | null;
  };
  activity: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; kind: string; occurredOn: CalendarDate; title: string; titleKey: string;
    place: string; content: Document; counters: number[]; amounts: number[]; distinctCounters: number[]; version: number; ledgerNo: number;
    deletedAt: Instant | null; demonstration: Generated<boolean>; createdBy: string; createdByName: string; createdAt: Instant; changedAt: Instant;
    sourceKind: Generated<string | null>; sourceId: Generated<string | null>; sourcePart: Generated<string | null>;
  };
  activityVersion: {
    provinceCode: number; activityId: string; version: number; editionCode: string; unitCode: string; ledgerNo: number;
    change: 'recorded' | 'edited' | 'deleted' | 'restored'; content: Document; counters: number[]; amounts: number[]; distinctCounters: number[];
    accountId: string; accountName: string; at: Instant; reason: string | null;
  };
  participation: { provinceCode: number; activityId: string; enterpriseId: number; editionCode: string; unitCode: string };
  evidence: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; activityId: string | null; name: string; mediaType: string; bytes: number;
    sha256: string; sm3: string; perceptualHash: string | null; width: number | null; height: number | null; uploadedBy: string; uploadedAt: Instant;
    removedAt: Instant | null; checked: Generated<'unchecked' | 'clean' | 'pending' | 'infected'>;
  };
  /** s1 to s64 are read through SQL built from the edition's layout, never by name here. */
  figureRow: {
    provinceCode: number; editionCode: string; unitCode: string; origin: 'records' | 'adjustments';
    p1: string | null; p2: string | null; p3: string | null; ledgerNo: Generated<number>; entries: Generated<number>;
  };
  presence: {
    provinceCode: number; editionCode: string; enterpriseId: number; slot: number; unitCode: string; p1: string | null; p2: string | null; p3: string | null;
    times: number; credit0: Generated<boolean>; credit1: Generated<boolean>; credit2: Generated<boolean>; credit3: Generated<boolean>;
  };
  adjustment: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; indicator: string; counter: number; delta: number; reason: string;
    ledgerNo: number; removedLedgerNo: number | null; removalReason: string | null; accountId: string; accountName: string; at: Instant; formId: Generated<string | null>;
  };
  formReading: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; fileName: string; mediaType: string; bytes: number; sha256: string; sm3: string;
    reading: Document; uploadedBy: string; uploadedAt: Instant; figures: OptionalJson; ledgerNo: number | null; replacesId: string | null; confirmedBy: string | null;
    confirmedByName: string | null; confirmedAt: Instant | null; removedLedgerNo: number | null;
  };
  formMapping: { provinceCode: number; editionCode: string; unitCode: string; fingerprint: string; choices: Document; accountId: string; at: Instant };
  statReturn: {
    provinceCode: number; editionCode: string; unitCode: string; state: string; version: Generated<number>; lastVersion: Generated<number>;
    submittedVersion: number | null; acceptedVersion: number | null; firstSubmittedAt: Instant | null; submittedAt: Instant | null;
    late: Generated<boolean>; changedAt: Instant;
  };
  returnAct: {
    provinceCode: number; editionCode: string; unitCode: string; number: number; act: string; returnVersion: number; accountId: string;
    accountName: string; actingUnitCode: string; at: Instant; payload: Document;
  };
  returnVersion: {
    provinceCode: number; editionCode: string; unitCode: string; number: number; content: Document; extension: OptionalJson; sha256: string; sm3: string; frozenAt: Instant;
  };
  findingNote: {
    provinceCode: number; editionCode: string; unitCode: string; checkCode: string; note: string; accountId: string; accountName: string; at: Instant;
  };
  sealLog: {
    number: number; at: Instant; editionCode: string; unitCode: string; returnVersion: number; sha256: string; sm3: string; receiptCode: string;
    previousHash: string; hash: string; suite: string | null; keyNumber: number | null; sealedBy: string | null; signature: string | null; requestId: string | null;
  };
  installationKey: { number: number; suite: string; publicKey: string; privateKey: string | null; madeAt: Instant; retiredAt: Instant | null; follows: number | null; followsSignature: string | null; ownSignature: string | null };
  unitKey: {
    provinceCode: number; unitCode: string; number: number; suite: string; publicKey: string; privateKey: string | null; madeAt: Instant; issuer: number; certificate: string;
    retiredAt: Instant | null;
  };
  package: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; returnVersion: number; receiptCode: string; fileName: string; bytes: number;
    sha256: string; sm3: string; files: ColumnType<Json, string, string>; units: number; evidence: number; kept: boolean; accountId: string | null; accountName: string; at: Instant;
  };
  exchangeReceipt: {
    provinceCode: number; editionCode: string; unitCode: string; number: number; returnVersion: number; receiptNumber: string; receivedAt: Instant;
    reason: string | null; accountId: string; accountName: string; at: Instant;
  };
  reminder: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; fromUnitCode: string; accountName: string; text: string; at: Instant;
    readAt: Instant | null;
  };
  importJob: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; subject: string; kind: string | null; fileName: string; sha256: string; marker: OptionalJson;
    firstRows: ColumnType<Json, string, string>; headerRow: number | null; columns: ColumnType<Json, string, string>; rowCount: number; partCount: number;
    nextPart: Generated<number>; state: string; counts: Document; missing: Document; accountId: string; accountName: string; createdAt: Instant; changedAt: Instant;
  };
  importPart: { provinceCode: number; importId: string; number: number; firstRow: number; rowCount: number; rows: string; rowKeys: string[] | null };
  importRow: { provinceCode: number; editionCode: string; unitCode: string; kind: string; rowKey: string; activityId: string; importId: string };
  importHeading: { provinceCode: number; unitCode: string; kind: string; fingerprint: string; columns: ColumnType<Json, string, string>; changedAt: Instant };
  report: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; kind: string; version: number; document: Document; shown: Document; removedAt: Instant | null;
    demonstration: Generated<boolean>; createdBy: string; savedByName: string; savedAt: Instant;
  };
  visit: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; state: 'planned' | 'made'; day: CalendarDate; position: Generated<number>;
    uscc: string | null; enterpriseName: string; uncodedReason: string | null; officers: ColumnType<Json, string, string>; purpose: Generated<string>; content: OptionalJson;
    followUps: ColumnType<Json, string | undefined, string>; recordKey: string | null; madeBy: string | null; madeByName: string | null; madeAt: Instant | null;
    cancelledAt: Instant | null; cancelReason: string | null; version: number; demonstration: Generated<boolean>; createdBy: string; createdByName: string; createdAt: Instant;
    changedByName: string; changedAt: Instant;
  };
  workPlan: {
    provinceCode: number; editionCode: string; unitCode: string; version: number; content: Document; issuedVersion: number | null; issued: OptionalJson; issuedAt: Instant | null; issuedByName: string | null;
    demonstration: Generated<boolean>; createdBy: string; changedByName: string; changedAt: Instant;
  };
  workPlanVersion: {
    provinceCode: number; editionCode: string; unitCode: string; version: number; change: 'drafted' | 'saved' | 'issued' | 'activity'; content: Document; accountId: string; accountName: string; at: Instant;
  };
  notice: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; title: string; text: string; onDay: CalendarDate | null; demonstration: Generated<boolean>;
    createdBy: string; createdByName: string; sentAt: Instant;
  };
  noticeReceipt: {
    provinceCode: number; noticeId: string; unitCode: string; editionCode: string; fromUnitCode: string; title: string; text: string; onDay: CalendarDate | null; sentByName: string; sentAt: Instant;
    readAt: Instant | null; readByName: string | null; remindedAt: Instant | null; demonstration: Generated<boolean>;
  };
  noticeReading: { provinceCode: number; noticeId: string; unitCode: string; accountId: string; accountName: string; at: Instant };
  mediaItem: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; title: string; titleKey: string; outlet: string; level: string; link: Generated<string>; linkKey: Generated<string>;
    publishedOn: CalendarDate; origin: 'original' | 'repost'; originalId: string | null; evidence: string[]; windowReason: string | null; deletedAt: Instant | null; version: number;
    demonstration: Generated<boolean>; createdBy: string; createdAt: Instant; changedByName: string; changedAt: Instant;
  };
  material: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; name: string; form: 'leaflet' | 'poster' | 'booklet' | 'goods' | 'video' | 'online'; received: Generated<number>;
    handedOut: Generated<number>; reads: Generated<number>; deletedAt: Instant | null; version: number; demonstration: Generated<boolean>; createdBy: string; createdAt: Instant; changedByName: string; changedAt: Instant;
  };
  materialMove: {
    provinceCode: number; materialId: string; number: number; editionCode: string; unitCode: string; kind: 'received' | 'handed_out' | 'read'; amount: number; onDay: CalendarDate; occasion: string;
    activityId: string | null; reason: string; accountId: string; accountName: string; at: Instant;
  };
  servicePoint: {
    provinceCode: number; id: string; unitCode: string; kind: 'contact_point' | 'service_station' | 'guidance_station' | 'demo_site' | 'protection_base'; name: string; nameBigrams: string[]; uscc: string | null;
    body: Generated<string>; address: string; latitude: string | null; longitude: string | null; hours: Generated<string>; telephone: Generated<string>; coverage: Generated<string>;
    state: PointState; stateBefore: PointState | null; stateBy: string; namedOn: CalendarDate | null; reviewedOn: CalendarDate | null; version: number; demonstration: Generated<boolean>;
    createdBy: string; createdByName: string; createdAt: Instant; changedByName: string; changedAt: Instant;
  };
  servicePointAct: {
    provinceCode: number; pointId: string; number: number; unitCode: string; act: string; fromState: PointState | null; toState: PointState; onDay: CalendarDate; note: string;
    accountId: string; accountName: string; at: Instant;
  };
  liaisonOfficer: {
    provinceCode: number; id: string; pointId: string; unitCode: string; side: 'point' | 'bureau'; sealed: string | null; toldOn: CalendarDate; since: CalendarDate; until: CalendarDate | null;
    version: number; demonstration: Generated<boolean>; createdBy: string; createdAt: Instant; changedAt: Instant;
  };
  pointService: {
    provinceCode: number; id: string; pointId: string; unitCode: string; occurredOn: CalendarDate; topic: 'law' | 'system' | 'staff' | 'carriers' | 'technology' | 'remedy' | 'policy' | 'other';
    enterpriseName: Generated<string>; what: string; deletedAt: Instant | null; demonstration: Generated<boolean>; createdBy: string; createdByName: string; createdAt: Instant;
  };
  reportVersion: {
    provinceCode: number; reportId: string; version: number; editionCode: string; unitCode: string; change: 'drafted' | 'saved' | 'restored' | 'removed'; document: Document; shown: Document;
    returnActs: number; accountId: string; accountName: string; beganAt: Instant; at: Instant;
  };
  questionnaire: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; version: number; definition: Document; published: Generated<number>; changed: Generated<boolean>;
    closedAt: Instant | null; removedAt: Instant | null; demonstration: Generated<boolean>; createdBy: string; savedByName: string; savedAt: Instant;
  };
  questionnaireVersion: {
    provinceCode: number; questionnaireId: string; number: number; editionCode: string; unitCode: string; definition: Document; publishedBy: string; publishedByName: string; publishedAt: Instant;
  };
  questionnaireChannel: {
    provinceCode: number; id: string; questionnaireId: string; editionCode: string; unitCode: string; kind: 'open' | 'invited' | 'paper' | 'visit'; name: string; code: string | null;
    handedOut: number; openedOn: CalendarDate; closedAt: Instant | null; version: Generated<number>; demonstration: Generated<boolean>; createdBy: string; createdByName: string; createdAt: Instant;
  };
  questionnaireInvitation: {
    provinceCode: number; id: string; channelId: string; questionnaireId: string; editionCode: string; unitCode: string; enterpriseId: number; tokenHash: string; madeOn: CalendarDate;
    used: Generated<boolean>; withdrawn: Generated<boolean>;
  };
  questionnaireAnswer: {
    provinceCode: number; id: string; questionnaireId: string; version: number; channelId: string; editionCode: string; unitCode: string; answeredOn: CalendarDate; language: string;
    lane: 'work' | 'waited' | 'token' | 'officer'; answers: Document; enterpriseId: number | null; enteredByName: string | null; settled: Generated<boolean>; demonstration: Generated<boolean>;
  };
  questionnaireTicketSpent: { provinceCode: number; hash: string; expiresAt: Instant };
  questionnaireSlowHour: { provinceCode: number; channelId: string; hour: Instant; accepted: number };
  questionnaireSuggestion: {
    provinceCode: number; id: string; questionnaireId: string; editionCode: string; unitCode: string; title: string; topic: string | null; version: Generated<number>; removedAt: Instant | null;
    demonstration: Generated<boolean>; savedByName: string; savedAt: Instant;
  };
  questionnaireSuggestionText: { provinceCode: number; suggestionId: string; answerId: string; question: string; editionCode: string; unitCode: string };
  training: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; title: string; startsAt: Instant; endsAt: Instant; mode: 'offline' | 'online' | 'mixed'; place: Generated<string>; capacity: number | null;
    audience: Generated<string>; description: Generated<string>; signUpUntil: Instant; links: Document; state: 'draft' | 'open' | 'held' | 'cancelled'; stateBefore: 'draft' | 'open' | 'held' | 'cancelled' | null; reason: string | null;
    corrected: Generated<number>; correctedFor: string | null; version: number; demonstration: Generated<boolean>; createdBy: string; createdByName: string; createdAt: Instant; changedByName: string; changedAt: Instant;
  };
  trainingPlace: {
    provinceCode: number; id: string; trainingId: string; editionCode: string; unitCode: string; uscc: string | null; enterpriseName: string; uncodedReason: string | null; sealed: string | null; personKey: string | null;
    codeHash: string; origin: 'site' | 'officer' | 'venue'; withdrawnAt: Instant | null; answered: Generated<boolean>; demonstration: Generated<boolean>; createdBy: string | null; createdAt: Instant;
  };
  trainingCheckIn: {
    provinceCode: number; trainingId: string; day: CalendarDate; placeId: string; editionCode: string; unitCode: string; way: 'officer' | 'venue'; at: Instant; settled: Generated<boolean>; demonstration: Generated<boolean>;
  };
  trainingPassSpent: { provinceCode: number; hash: string; expiresAt: Instant };
  trainingFeedback: {
    provinceCode: number; id: string; trainingId: string; editionCode: string; unitCode: string; stars: number; text: Generated<string>; givenOn: CalendarDate; demonstration: Generated<boolean>;
  };
  article: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; kind: string; state: string; version: number; publishedVersion: number | null; document: Document; authors: string[];
    sourceKind: string | null; sourceId: string | null; demonstration: Generated<boolean>; createdBy: string; savedByName: string; savedAt: Instant;
  };
  articleVersion: {
    provinceCode: number; articleId: string; version: number; unitCode: string; change: string; document: Document; reason: string | null; accountId: string; accountName: string; at: Instant;
  };
  publishedArticle: {
    provinceCode: number; id: string; unitCode: string; above: string[]; kind: string; version: number; document: Document; pictures: ColumnType<Json, string, string>; bigrams: string[];
    visibleFrom: Instant; publishedAt: Instant; changedAt: Instant; takenDownAt: Instant | null; takenDownWhy: string | null; demonstration: Generated<boolean>;
  };
  columnPicture: {
    provinceCode: number; id: string; unitCode: string; name: string; mediaType: string; bytes: number; sha256: string; sm3: string; width: number; height: number; checked: string; uploadedBy: string; uploadedAt: Instant;
  };
  columnRelease: {
    provinceCode: number; id: string; editionCode: string; unitCode: string; asOf: CalendarDate; basis: string; content: Document; state: string; hidden: OptionalJson; reason: string | null; demonstration: Generated<boolean>;
    frozenBy: string; frozenByName: string; frozenAt: Instant; decidedBy: string | null; decidedByName: string | null; decidedAt: Instant | null;
  };
  releasedTable: {
    provinceCode: number; releaseId: string; editionCode: string; unitCode: string; ofUnit: string; above: string[]; asOf: CalendarDate; basis: string; cells: Document; releasedAt: Instant; changedAt: Instant;
    withdrawnAt: Instant | null; withdrawnWhy: string | null;
  };
  columnSetting: {
    provinceCode: number; unitCode: string; shown: OptionalJson; proposed: OptionalJson; proposedBy: string | null; proposedByName: string | null; proposedAt: Instant | null; approvedByName: string | null;
    changedAt: Instant; demonstration: Generated<boolean>;
  };
}

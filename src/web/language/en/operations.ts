// Words of the health page, in English.
import type { HealthSentence, operations as zh } from '../zh/operations.ts';

type Details = { readonly [name: string]: string | number | null };

const of = (details: Details, name: string): string => String(details[name] ?? '');
const whenOf = (when: string | null): string => when ?? 'never';
const well = (what: string): HealthSentence => ({ what, next: '' });

export const operations: typeof zh = {
  title: 'Health',
  intro: 'What the installation sees of itself. See to what is red today, to what is yellow this week; what is green needs nothing.',
  seenAt: (at) => `As seen at ${at}`,
  again: 'Look again',
  summary: { good: 'All is well', watch: (count) => (count === 1 ? '1 thing to watch' : `${count} things to watch`), act: (count) => (count === 1 ? '1 thing to see to now' : `${count} things to see to now`) },
  states: { good: 'Well', watch: 'Watch', act: 'Act now' },
  next: 'What to do: ',
  subjects: {
    database: 'Database', disk: 'Room on the disk', backup: 'Backup', drill: 'Restore drill', log: 'Proof log', log_check: 'Check of the log', walls: 'Wall in the database', virus_scan: 'Virus scan', clock: 'Clock', version: 'Version', people: 'People', deadline: 'Deadline',
  },
  unknown: { what: 'This could not be seen.', next: 'Show this page to your technical support.' },
  sentences: {
    'database.good': (d) => well(`The database works; it holds ${of(d, 'mebibytes')} MiB.`),
    'database.slow': (d) => ({ what: `The database answers slowly (${of(d, 'milliseconds')} ms).`, next: 'See whether something else on the server takes the processor or the disk; ask technical support if it stays slow.' }),
    'disk.good': (d) => well(`${of(d, 'mebibytes')} MiB are free (${of(d, 'percent')}%).`),
    'disk.low': (d) => ({ what: `Only ${of(d, 'mebibytes')} MiB are left (${of(d, 'percent')}%).`, next: 'Make room or enlarge the disk. Below 5% no evidence can be uploaded; filling in goes on.' }),
    'disk.full': (d) => ({ what: `The disk is nearly full: ${of(d, 'mebibytes')} MiB (${of(d, 'percent')}%). Evidence can no longer be uploaded.`, next: 'Make room or enlarge the disk now. Delete nothing in the folders of data and backups.' }),
    'disk.unknown': () => ({ what: 'The room in the data folder cannot be seen.', next: 'Check that its disk is still connected.' }),
    'backup.good': (_d, when) => well(`Last backup: ${whenOf(when('at'))}, verified and encrypted.`),
    'backup.demonstration': () => well('The demonstration needs no backup.'),
    'backup.not_set': () => ({ what: 'No backup is set. If the server breaks, the data is gone.', next: 'Name a folder in the server’s settings (BACKUP_DIR) and a public key to encrypt for (BACKUP_RECIPIENT).' }),
    'backup.none_yet': () => ({ what: 'A backup is set; none was made yet.', next: 'The first is made at its hour; to have one at once run fuwuyue backup --scheduled on the server.' }),
    'backup.failed': (_d, when) => ({ what: `The last backup failed (${whenOf(when('at'))}). The last that worked: ${whenOf(when('held'))}.`, next: 'See whether the disk for backups is full or gone, then run fuwuyue backup --scheduled on the server.' }),
    'backup.old': (d, when) => ({ what: `The last backup is ${of(d, 'days')} days old (${whenOf(when('at'))}).`, next: 'There should be one a day. See whether the server is off at night and the folder can be written to.' }),
    'backup.folder_low': (d) => ({ what: `Only ${of(d, 'mebibytes')} MiB are left where backups go.`, next: 'Enlarge that disk, or move old backups elsewhere.' }),
    'backup.not_locked': (_d, when) => ({ what: `Last backup: ${whenOf(when('at'))}. It is not encrypted and lacks the keys.`, next: 'Set a public key to encrypt for (BACKUP_RECIPIENT): whoever gets hold of a backup can read all of it.' }),
    'backup.by_hand': (_d, when) => ({ what: `The last backup was made by hand (${whenOf(when('at'))}); no daily one is set.`, next: 'Name a folder in the server’s settings (BACKUP_DIR).' }),
    'drill.good': (d, when) => well(`${of(d, 'days')} days ago (${whenOf(when('at'))}) a backup was restored for trial and was whole.`),
    'drill.demonstration': () => well('The demonstration needs no drill.'),
    'drill.none_yet': () => ({ what: 'No backup was ever restored for trial. One that was not tried does not count.', next: 'Whoever holds the key runs fuwuyue drill --latest --identity FILE on the server.' }),
    'drill.failed': (_d, when) => ({ what: `The drill of ${whenOf(when('at'))} failed: the last backup may be useless.`, next: 'Run fuwuyue verify on it now and make a new one; ask technical support if it fails again.' }),
    'drill.old': (d) => ({ what: `The last drill is ${of(d, 'days')} days old.`, next: 'There should be one a month. Whoever holds the key runs fuwuyue drill --latest --identity FILE.' }),
    'log.good': (d, when) => well(`Witnesses watching: ${of(d, 'witnesses')}; last seen by one: ${whenOf(when('at'))}.`),
    'log.no_witness': () => ({ what: 'The log is signed, but nobody outside watches it. Only a witness notices when the whole database is put back to an old copy.', next: 'The security administrator registers a witness: the superior’s installation, or the auditor’s own machine.' }),
    'log.not_cosigned': () => ({ what: 'A witness is registered, but has not been heard of.', next: 'See whether the witness’s machine is on and reaches this one.' }),
    'log.witness_silent': (_d, when) => ({ what: `A witness was last heard of at ${whenOf(when('at'))}.`, next: 'See whether the witness’s machine is on and reaches this one.' }),
    'log.read_only': () => ({ what: 'The log is not what was seen of it: nothing can be written now.', next: 'Somebody may have changed the database, or restored an old backup. Do not restart; have the auditor and the security administrator look first (fuwuyue log check).' }),
    'log_check.good': (_d, when) => well(`The whole log is checked daily, last on ${whenOf(when('at'))}: nothing was changed.`),
    'log_check.none_yet': () => well('The whole log is checked every night; the first has not been due yet. Run fuwuyue log check on the server to do it now.'),
    'log_check.failed': (_d, when) => ({ what: `The check of the whole log on ${whenOf(when('at'))} found a record changed, or did not end.`, next: 'Ask the auditor to run fuwuyue log check on the server and see which; until that is clear, restore no backup and change nothing in the database.' }),
    'log_check.old': (_d, when) => ({ what: `The whole log was last checked on ${whenOf(when('at'))}.`, next: 'It should be daily. See whether the server is off at night.' }),
    'walls.good': () => well('The database itself keeps units apart, also should the program err.'),
    'walls.missing': () => ({ what: 'The database does not keep units apart; only the program does.', next: 'Have technical support check the rights of the database’s account; see the operations manual.' }),
    'virus_scan.good': () => well('What is uploaded is scanned for viruses.'),
    'virus_scan.silent': () => ({ what: 'The virus scanner does not answer; what is newly uploaded cannot be opened for now.', next: 'Restart the scanner (clamd) on the server.' }),
    'virus_scan.not_set': () => ({ what: 'There is no virus scanner; uploads are not scanned.', next: 'Install one and set CLAMAV_ADDRESS.' }),
    'clock.good': () => well('Server and database agree on the time.'),
    'clock.differs': (d) => ({ what: `Server and database differ by ${of(d, 'seconds')} seconds. The server’s time decides about deadlines.`, next: 'Turn on time synchronisation on both (chrony or systemd-timesyncd).' }),
    'version.good': (d) => well(`Fuwuyue ${of(d, 'version')}, Node ${of(d, 'runtime')}, PostgreSQL ${of(d, 'postgres')}.`),
    'version.runtime_old': (d) => ({ what: `Fuwuyue ${of(d, 'version')}, Node ${of(d, 'runtime')}, PostgreSQL ${of(d, 'postgres')}. This Node gets no security updates any more.`, next: 'Change to Node 22 or 24, outside of the service month.' }),
    'version.database_old': (d) => ({ what: `The database is PostgreSQL ${of(d, 'postgres')}, which is too old.`, next: 'Upgrade to PostgreSQL 15 or later.' }),
    'people.good': (d) => well(`In use now: ${of(d, 'active')}; signed in: ${of(d, 'sessions')}.`),
    'deadline.far': (d, when) => well(`${of(d, 'days')} days to the deadline (${whenOf(when('at'))}).`),
    'deadline.near': (d, when) => ({ what: `Only ${of(d, 'days')} days to the deadline (${whenOf(when('at'))}).`, next: 'Until then do not upgrade, change settings or restart the server.' }),
  },
};

// fuwuyue config check: settings, secrets, database and machine looked over before the first day and after each change. Changes nothing.
import { access, constants, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { systemClock } from '../../kernel/clock.ts';
import { type Config, ConfigRefused, readConfig } from '../../kernel/config.ts';
import { silentLog } from '../../kernel/log.ts';
import { migrationsDirectory } from '../../kernel/package-root.ts';
import { schemaState } from '../../kernel/migrate.ts';
import { diskState } from '../../kernel/readiness.ts';
import { pingScanner } from '../../kernel/scanning.ts';
import { type FaultyFile, faultySecrets, type SecretFault } from '../../kernel/secret-files.ts';
import { clientSecretFile } from '../../kernel/site.ts';
import { appRole } from '../../kernel/walls.ts';
import { openStore, type OpenStore } from '../../main.ts';
import { relyingPartyOf } from '../../modules/sign-in/rules/ways.ts';
import { epochOf, type Instant } from '../../shared/instant.ts';
import { CommandFault } from '../command-fault.ts';
import { faultOf } from '../faults.ts';
import type { Outcome, Terminal } from '../terminal.ts';

export type Level = 'ok' | 'attention' | 'wrong';

/** One thing looked at. */
export interface Finding {
  readonly about: string;
  readonly level: Level;
  readonly chinese: string;
  readonly english: string;
}

const finding = (about: string, level: Level, chinese: string, english: string): Finding => ({ about, level, chinese, english });
const marks: { readonly [L in Level]: string } = { ok: '✓ 正常 ok', attention: '! 注意 attention', wrong: '✗ 错误 wrong' };

export async function checkConfig(terminal: Terminal): Promise<Outcome> {
  const findings = await findingsOf(terminal);
  const wrong = findings.filter(({ level }) => level === 'wrong').length;
  const attention = findings.filter(({ level }) => level === 'attention').length;
  const total = wrong > 0
    ? `有 ${wrong} 项错误，请改正后再投入使用。${wrong} wrong: correct before real use.`
    : `没有错误，${attention} 项需要注意。Nothing wrong, ${attention} to look at.`;
  return { held: wrong === 0, document: { held: wrong === 0, findings }, lines: [...findings.flatMap(({ level, chinese, english }) => [`${marks[level]}  ${chinese}`, `    ${english}`]), total] };
}

async function findingsOf({ environment }: Terminal): Promise<Finding[]> {
  let config: Config;
  try {
    config = readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error;
    const names = error.variables.join(', ');
    return [finding('settings', 'wrong', `环境变量 ${names} 的值无法识别。`, `The environment variable ${names} has a value that cannot be meant.`)];
  }
  return [
    finding('settings', 'ok', '环境变量都能识别。', 'All settings are understood.'),
    publicAddress(config), proxies(config), limits(config), logging(config), metrics(config), backups(config), runtime(),
    ...secretFindings(config.secretsDirectory, await faultySecrets(config.secretsDirectory)),
    passkeys(config), ...signInService(config, await hasClientSecret(config)),
    ...(await ofDisk(config)), await scanner(config), ...(await ofDatabase(config)),
  ];
}

export function publicAddress({ publicUrl }: Pick<Config, 'publicUrl'>): Finding {
  if (publicUrl === null) return finding('public_url', 'attention', '没有设置 PUBLIC_URL：一次性链接和网页来源检查按访问时的主机名。正式使用请设为对外的 https 网址。', 'PUBLIC_URL is not set: links and the check of origins go by the host asked for. Set the public https address for real use.');
  if (publicUrl.startsWith('https:')) return finding('public_url', 'ok', 'PUBLIC_URL 使用 https。', 'PUBLIC_URL is https.');
  if (isLoopback(new URL(publicUrl).hostname)) return finding('public_url', 'attention', 'PUBLIC_URL 是本机网址，只供试用。', 'PUBLIC_URL is this machine only: for trying out.');
  return finding('public_url', 'wrong', 'PUBLIC_URL 使用 http，登录和数据会在网络上明文传输。请在前面设 TLS 代理并改用 https。', 'PUBLIC_URL is http: sign-in and data would cross the network in clear. Put a TLS proxy in front and use https.');
}

export function passkeys({ publicUrl }: Pick<Config, 'publicUrl'>): Finding {
  if (relyingPartyOf(publicUrl) === null) return finding('passkeys', 'attention', '以这个网址访问时，浏览器不能使用通行密钥：需要域名和 https。可用动态验证码或 UKey。', 'Browsers have no passkeys at this address: they need a domain name and https. Authenticator apps and UKeys work.');
  return finding('passkeys', 'ok', '可以使用通行密钥。更换域名后，已添加的通行密钥全部失效。', 'Passkeys can be used. All of them end when the domain changes.');
}

export function signInService({ publicUrl, oidc }: Pick<Config, 'publicUrl' | 'oidc'>, hasSecret: boolean): Finding[] {
  if (oidc === null) return [];
  if (publicUrl === null) return [finding('single_sign_on', 'wrong', '设了 OIDC_ISSUER，但没有 PUBLIC_URL：统一身份认证没有可以返回的网址，不会启用。', 'OIDC_ISSUER is set without PUBLIC_URL: the sign-in service has no address to lead back to, and is not offered.')];
  if (!hasSecret) return [finding('single_sign_on', 'wrong', `密钥目录里没有 ${clientSecretFile}：统一身份认证不能使用。`, `There is no ${clientSecretFile} in the folder of secrets: the sign-in service cannot be used.`)];
  const back = `${publicUrl.replace(/\/+$/, '')}/sign-in/single-sign-on`;
  return [finding('single_sign_on', 'ok', `统一身份认证 ${oidc.issuer}，请在那里登记返回网址 ${back}。`, `Sign-in service ${oidc.issuer}; register the address to return to there: ${back}.`)];
}

async function hasClientSecret({ secretsDirectory }: Pick<Config, 'secretsDirectory'>): Promise<boolean> {
  return access(join(secretsDirectory, clientSecretFile), constants.R_OK).then(() => true, () => false);
}

export function proxies({ publicUrl, trustedProxies, host }: Pick<Config, 'publicUrl' | 'trustedProxies' | 'host'>): Finding {
  const behind = publicUrl?.startsWith('https:') ?? false;
  if (behind && trustedProxies === 0) return finding('proxies', 'wrong', '对外是 https，说明前面有代理，但 TRUSTED_PROXIES 为 0：所有人会被算作同一个地址，登录会被限制。请填代理的层数。', 'There is a proxy in front (https), but TRUSTED_PROXIES is 0: everybody would count as one address and be limited together. Set the number of proxies.');
  if (trustedProxies > 0 && !isLoopback(host)) return finding('proxies', 'attention', `信任 ${trustedProxies} 层代理，而 HOST 为 ${host}：请确认只有代理能连到本机端口，否则来源地址可以伪造。`, `${trustedProxies} proxies are trusted and HOST is ${host}: make sure that only the proxy reaches this port, or addresses can be made up.`);
  return finding('proxies', 'ok', `信任的代理层数为 ${trustedProxies}。`, `${trustedProxies} proxies are trusted.`);
}

function limits(config: Config): Finding {
  const changed = Object.entries(config.limits).map(([kind, points]) => `${kind}=${points}`).join(' ');
  return changed === '' ? finding('limits', 'ok', '请求限度为默认值。', 'Request limits are the plain ones.') : finding('limits', 'attention', `请求限度改过：${changed}。`, `Request limits were changed: ${changed}.`);
}

function logging({ logLevel }: Config): Finding {
  if (logLevel === 'info') return finding('log', 'ok', '日志级别为 info，每个请求一行。', 'The log level is info: one line a request.');
  return finding('log', 'attention', `日志级别为 ${logLevel}，${logLevel === 'debug' ? '写得很多' : '不记录每个请求'}。`, `The log level is ${logLevel}: ${logLevel === 'debug' ? 'it writes much' : 'requests are not logged'}.`);
}

function metrics({ metrics: served }: Config): Finding {
  if (served === null) return finding('metrics', 'ok', '没有对外提供运行指标。', 'No metrics are served.');
  if (isLoopback(served.host)) return finding('metrics', 'ok', '运行指标只供本机读取。', 'Metrics are served to this machine only.');
  return finding('metrics', 'attention', `运行指标在 ${served.host} 提供，没有口令：请用防火墙只放行监控主机。`, `Metrics are served at ${served.host} without a password: let only the monitoring host through the firewall.`);
}

function backups({ backup }: Config): Finding {
  if (backup.directory === null) return finding('backup', 'attention', '没有设置 BACKUP_DIR：服务器不会自己做每日备份。', 'BACKUP_DIR is not set: the server makes no daily backups.');
  if (backup.recipient === null) return finding('backup', 'attention', '备份没有加密（BACKUP_RECIPIENT 未设）。', 'Backups are not locked (BACKUP_RECIPIENT is not set).');
  return finding('backup', 'ok', '每日备份已设，并加密。', 'Daily backups are made, and locked.');
}

function runtime(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (process.getuid?.() === 0) return finding('runtime', 'attention', '正以 root 运行。请为服务设单独的系统用户。', 'Running as root. Give the service a user of its own.');
  if (major < 22 || major % 2 === 1) return finding('runtime', 'attention', `Node.js ${major} 已不在长期支持之内，正式使用请换 22 或 24。`, `Node.js ${major} is no longer supported: use 22 or 24 for real use.`);
  return finding('runtime', 'ok', `Node.js ${major}，非 root 用户。`, `Node.js ${major}, not as root.`);
}

const secretWords: { readonly [F in SecretFault]: readonly [string, string] } = {
  readable_by_others: ['其他用户可以读取，请改为仅本用户可读（目录 0700，文件 0400）', 'others may read it: make it 0700 (folder) or 0400 (file)'],
  too_short: ['短于 128 位', 'it has fewer than 128 bits'],
  guessable: ['不是随机内容，可以猜到', 'it is not random and can be guessed'],
  unreadable: ['本用户读不了', 'this user cannot read it'],
};

export function secretFindings(directory: string, faults: readonly FaultyFile[] | null): Finding[] {
  if (faults === null) return [finding('secrets', 'attention', `密钥目录 ${directory} 还没有，首次启动时生成。请随即离线备份。`, `The folder of secrets ${directory} is not there yet; it is made at the first start. Back it up offline then.`)];
  if (faults.length === 0) return [finding('secrets', 'ok', '密钥文件只有本用户可读，长度足够。', 'Secrets are this user\'s alone and long enough.')];
  return faults.map(({ path, fault }) => finding('secrets', 'wrong', `密钥 ${path}：${secretWords[fault][0]}。`, `Secret ${path}: ${secretWords[fault][1]}.`));
}

/** The server does not start with secrets that are none. */
export async function refuseFaultySecrets(config: Pick<Config, 'secretsDirectory'>): Promise<void> {
  const [first] = (await faultySecrets(config.secretsDirectory)) ?? [];
  if (first === undefined) return;
  const [chinese, english] = secretWords[first.fault];
  throw new CommandFault(1, `密钥 ${first.path}：${chinese}。改正后再启动；可用 fuwuyue config check 查看全部。`, `Secret ${first.path}: ${english}. Correct it and start again; fuwuyue config check shows all.`);
}

async function ofDisk({ dataDirectory }: Config): Promise<Finding[]> {
  const found = await stat(dataDirectory).catch(() => null);
  if (found === null) return [finding('data', 'attention', `数据目录 ${dataDirectory} 还没有，首次启动时建立。`, `The data folder ${dataDirectory} is not there yet; it is made at the first start.`)];
  const writable = await access(dataDirectory, constants.W_OK | constants.X_OK).then(() => true, () => false);
  const rights = !writable
    ? finding('data', 'wrong', `数据目录 ${dataDirectory} 不能写入。`, `The data folder ${dataDirectory} cannot be written to.`)
    : (found.mode & 0o006) !== 0
      ? finding('data', 'attention', '数据目录其他用户可读，佐证文件在其中。建议改为 0750。', 'Others may read the data folder, where evidence lies. 0750 is better.')
      : finding('data', 'ok', '数据目录可写，其他用户不可读。', 'The data folder is writable and closed to others.');
  return [rights, diskFinding(await diskState(dataDirectory))];
}

function diskFinding(state: Awaited<ReturnType<typeof diskState>>): Finding {
  if (state === 'full') return finding('disk', 'wrong', '数据目录所在磁盘剩余不足 5%，不能再上传文件。', 'Less than 5 % of the disk is free: files can no longer be uploaded.');
  if (state === 'low') return finding('disk', 'attention', '数据目录所在磁盘剩余不足 10%，请尽快扩容。', 'Less than 10 % of the disk is free: make room soon.');
  if (state === 'unknown') return finding('disk', 'attention', '没有读到磁盘剩余空间。', 'How much of the disk is free could not be read.');
  return finding('disk', 'ok', '磁盘空间足够。', 'There is enough room on the disk.');
}

async function scanner({ clamavAddress }: Config): Promise<Finding> {
  if (clamavAddress === null) return finding('scanner', 'attention', '没有设置 CLAMAV_ADDRESS：上传的文件不做病毒检查。', 'CLAMAV_ADDRESS is not set: uploads are not checked for viruses.');
  if (await pingScanner(clamavAddress)) return finding('scanner', 'ok', '病毒检查服务有答复。', 'The virus scanner answers.');
  return finding('scanner', 'wrong', `病毒检查服务 ${clamavAddress} 没有答复：上传的文件会一直等待检查。`, `The virus scanner at ${clamavAddress} does not answer: uploads would wait for it.`);
}

async function ofDatabase(config: Config): Promise<Finding[]> {
  const embedded = join(config.dataDirectory, 'postgres');
  if (config.databaseUrl === null && (await stat(embedded).catch(() => null)) === null) {
    return [finding('database', 'attention', '没有设置 DATABASE_URL，将使用内置数据库，首次启动时建立。', 'DATABASE_URL is not set: the embedded database is made at the first start.')];
  }
  let store: OpenStore;
  try {
    store = await openStore(config, silentLog, { beside: true, asItIs: true });
  } catch (error) {
    const told = faultOf(error);
    return [finding('database', 'wrong', told?.chinese ?? '数据库打不开。', told?.english ?? 'The database does not open.')];
  }
  try {
    return [...(await look(store, config)), await schemaFinding(store)];
  } finally {
    await store.close();
  }
}

interface DatabaseFacts {
  readonly version: number;
  readonly encrypted: boolean;
  readonly local: boolean;
  readonly now: Instant;
  readonly walled: boolean;
  readonly durable: boolean;
  /** Whether its log keeps statements and their values to itself. */
  readonly discreet: boolean;
}

async function look({ database, embedded }: OpenStore, { databaseUrl }: Config): Promise<Finding[]> {
  const { rows } = await database.read((tx) => sql<DatabaseFacts>`
    select current_setting('server_version_num')::integer as version, coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      inet_client_addr() is null or inet_client_addr() = inet_server_addr() as local, clock_timestamp() as now,
      exists(select from pg_roles where rolname = ${appRole}) as walled, current_setting('fsync') = 'on' and current_setting('synchronous_commit') not in ('off') as durable,
      current_setting('log_min_error_statement') in ('log', 'fatal', 'panic') and current_setting('log_statement') in ('none', 'ddl') and current_setting('log_min_duration_statement') = '-1' as discreet`.execute(tx));
  const facts = rows[0];
  if (facts === undefined) return [];
  return [
    facts.version >= 150_000
      ? finding('database', 'ok', embedded ? '内置数据库可用。' : '数据库可用。', embedded ? 'The embedded database works.' : 'The database works.')
      : finding('database', 'wrong', `数据库版本过低（${Math.floor(facts.version / 10_000)}），需要 PostgreSQL 15 及以上。`, `The database is too old (${Math.floor(facts.version / 10_000)}): PostgreSQL 15 or later is needed.`),
    transportFinding(facts, databaseUrl),
    facts.durable
      ? finding('database_durability', 'ok', '数据库提交即落盘。', 'The database writes through at each commit.')
      : finding('database_durability', 'wrong', '数据库关闭了 fsync 或 synchronous_commit：断电会丢失已确认的报送。', 'fsync or synchronous_commit is off: a power cut would lose what was acknowledged.'),
    facts.discreet
      ? finding('database_log', 'ok', '数据库日志不写语句内容。', 'The log of the database holds no statements.')
      : finding('database_log', 'attention', '数据库日志会写入语句和填写的内容。请设 log_min_error_statement = panic、log_error_verbosity = terse，不开 log_statement。', 'The log of the database holds statements and what was typed. Set log_min_error_statement = panic and log_error_verbosity = terse, and leave log_statement off.'),
    clockFinding(Math.abs(epochOf(facts.now) - epochOf(systemClock.now()))),
    facts.walled
      ? finding('walls', 'ok', '数据库角色 fuwuyue_app 已建，行级权限生效。', 'The role fuwuyue_app is there: rows are guarded by the database too.')
      : finding('walls', 'attention', '数据库里没有角色 fuwuyue_app，行级权限不生效。见 docs/decisions/0027。', 'The role fuwuyue_app is missing: the database does not guard rows. See docs/decisions/0027.'),
  ];
}

function transportFinding({ encrypted, local }: DatabaseFacts, databaseUrl: string | null): Finding {
  if (databaseUrl === null || local) return finding('database_tls', 'ok', '数据库连接不出本机。', 'The connection to the database does not leave this machine.');
  if (encrypted) return finding('database_tls', 'ok', '数据库连接已加密。', 'The connection to the database is encrypted.');
  return finding('database_tls', 'wrong', '数据库在另一台机器上，连接没有加密。请在 DATABASE_URL 加 sslmode=verify-full。', 'The database is on another machine and the connection is in clear. Add sslmode=verify-full to DATABASE_URL.');
}

function clockFinding(milliseconds: number): Finding {
  if (milliseconds > 60_000) return finding('clock', 'wrong', '本机时钟与数据库相差超过 1 分钟，报送时间会有误。请启用时间同步。', 'The clocks of this machine and the database differ by more than a minute: deadlines would be wrong. Turn time synchronisation on.');
  if (milliseconds > 2_000) return finding('clock', 'attention', '本机时钟与数据库相差超过 2 秒，请检查时间同步。', 'The clocks of this machine and the database differ by more than 2 seconds: check time synchronisation.');
  return finding('clock', 'ok', '本机时钟与数据库一致。', 'The clocks of this machine and the database agree.');
}

async function schemaFinding({ connection }: OpenStore): Promise<Finding> {
  const { due, unknown } = await schemaState(connection, migrationsDirectory);
  if (unknown.length > 0) return finding('schema', 'wrong', '数据库结构比程序新，请换用新版本程序。', 'The schema is newer than this program: use the newer version.');
  if (due.length > 0) return finding('schema', 'attention', `数据库结构有 ${due.length} 步待升级。`, `${due.length} migrations are due.`);
  return finding('schema', 'ok', '数据库结构是最新的。', 'The schema is current.');
}

function isLoopback(host: string): boolean {
  const bare = host.replaceAll(/[[\]]/g, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

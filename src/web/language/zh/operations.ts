// Words of the health page: what stands how, and what to do, for somebody who is no engineer.
type Details = { readonly [name: string]: string | number | null };

const of = (details: Details, name: string): string => String(details[name] ?? '');
const whenOf = (when: string | null): string => when ?? '从未';

export interface HealthSentence {
  readonly what: string;
  /** What to do; empty where there is nothing. */
  readonly next: string;
}

/** `when`: the instant of the details, written out. */
type Sentences = { readonly [code: string]: (details: Details, when: (name: string) => string | null) => HealthSentence };

const well = (what: string): HealthSentence => ({ what, next: '' });

export const operations = {
  title: '运行状况',
  intro: '平台自己看到的情况。红色的请当天处理，黄色的请在本周处理，绿色的不用管。',
  seenAt: (at: string) => `${at}看到的情况`,
  again: '再看一次',
  summary: { good: '一切正常', watch: (count: number) => `${count} 项需要留意`, act: (count: number) => `${count} 项需要马上处理` },
  states: { good: '正常', watch: '留意', act: '马上处理' },
  next: '怎么办：',
  subjects: {
    database: '数据库', disk: '磁盘空间', backup: '备份', drill: '恢复演练', log: '存证日志', log_check: '日志核对', walls: '数据库防线', virus_scan: '病毒扫描', clock: '时钟', version: '版本', people: '在线人数', deadline: '截止时间',
  },
  unknown: { what: '这一项没有看到。', next: '请把页面交给技术支持人员查看。' },
  sentences: {
    'database.good': (d) => well(`数据库工作正常，现有数据 ${of(d, 'mebibytes')} 兆。`),
    'database.slow': (d) => ({ what: `数据库回答得慢（${of(d, 'milliseconds')} 毫秒）。`, next: '看看服务器上是否有别的程序在大量占用处理器或磁盘；一直慢请联系技术支持人员。' }),
    'disk.good': (d) => well(`还有 ${of(d, 'mebibytes')} 兆可用（${of(d, 'percent')}%）。`),
    'disk.low': (d) => ({ what: `只剩 ${of(d, 'mebibytes')} 兆（${of(d, 'percent')}%）。`, next: '请清理或扩大磁盘。低于5%后，佐证材料将不能上传，填报不受影响。' }),
    'disk.full': (d) => ({ what: `磁盘快满了，只剩 ${of(d, 'mebibytes')} 兆（${of(d, 'percent')}%），已不能上传佐证材料。`, next: '请马上清理或扩大磁盘。不要删除数据目录和备份目录里的文件。' }),
    'disk.unknown': () => ({ what: '看不到数据目录的磁盘空间。', next: '请检查数据目录所在的磁盘是否还连着。' }),
    'backup.good': (_d, when) => well(`最近一次备份：${whenOf(when('at'))}，已核对、已加密。`),
    'backup.demonstration': () => well('演示数据不需要备份。'),
    'backup.not_set': () => ({ what: '没有设置备份。服务器坏了，数据就没有了。', next: '请在服务器设置中写明备份目录（BACKUP_DIR），并设好加密用的公钥（BACKUP_RECIPIENT）。' }),
    'backup.none_yet': () => ({ what: '已设置备份，还没有做过。', next: '第一次备份会在设定的时间自动做；急用可在服务器上运行 fuwuyue backup --scheduled。' }),
    'backup.failed': (_d, when) => ({ what: `最近一次备份没有成功（${whenOf(when('at'))}）。上一次成功：${whenOf(when('held'))}。`, next: '请查看备份目录所在的磁盘是否已满、是否还连着，然后在服务器上运行 fuwuyue backup --scheduled。' }),
    'backup.old': (d, when) => ({ what: `最近一次备份是 ${of(d, 'days')} 天前（${whenOf(when('at'))}）。`, next: '备份应每天一次。请查看服务器是否夜里关机、备份目录是否可写。' }),
    'backup.folder_low': (d) => ({ what: `备份目录所在的磁盘只剩 ${of(d, 'mebibytes')} 兆。`, next: '请扩大该磁盘，或把旧备份转存到别处。' }),
    'backup.not_locked': (_d, when) => ({ what: `最近一次备份：${whenOf(when('at'))}。备份没有加密，也不含密钥。`, next: '请设置加密用的公钥（BACKUP_RECIPIENT），否则拿到备份的人就能看到全部内容。' }),
    'backup.by_hand': (_d, when) => ({ what: `最近一次备份是手工做的（${whenOf(when('at'))}），没有设置每日备份。`, next: '请在服务器设置中写明备份目录（BACKUP_DIR）。' }),
    'drill.good': (d, when) => well(`${of(d, 'days')} 天前（${whenOf(when('at'))}）把备份试着恢复了一遍，内容完好。`),
    'drill.demonstration': () => well('演示数据不需要演练。'),
    'drill.none_yet': () => ({ what: '还没有试过把备份恢复出来。没有试过的备份不能算数。', next: '请持私钥的人在服务器上运行 fuwuyue drill --latest --identity 私钥文件。' }),
    'drill.failed': (_d, when) => ({ what: `${whenOf(when('at'))}的恢复演练失败，最近的备份可能不能用。`, next: '请马上运行 fuwuyue verify 核对备份，并重新备份一次；仍然失败请联系技术支持人员。' }),
    'drill.old': (d) => ({ what: `上次恢复演练是 ${of(d, 'days')} 天前。`, next: '应每月一次。请持私钥的人运行 fuwuyue drill --latest --identity 私钥文件。' }),
    'log.good': (d, when) => well(`${of(d, 'witnesses')} 个见证方在看着，最近一次见证：${whenOf(when('at'))}。`),
    'log.no_witness': () => ({ what: '日志在签名，但没有外面的见证方。有人把整个数据库换成旧的，只有见证方看得出来。', next: '请安全保密管理员登记一个见证方，如上级平台或审计员自己的电脑。' }),
    'log.not_cosigned': () => ({ what: '登记了见证方，还没有收到过见证。', next: '请看看见证方的电脑是否开着、能否连到本平台。' }),
    'log.witness_silent': (_d, when) => ({ what: `见证方最近一次见证是 ${whenOf(when('at'))}。`, next: '请看看见证方的电脑是否开着、能否连到本平台。' }),
    'log.read_only': () => ({ what: '日志与见证过的不一致，平台现在只能看、不能写。', next: '可能有人改动过数据库，或恢复了旧备份。请不要重启，先请审计员和安全保密管理员查清（fuwuyue log check）。' }),
    'log_check.good': (_d, when) => well(`全部日志每天核对，最近一次：${whenOf(when('at'))}，没有发现改动。`),
    'log_check.none_yet': () => well('每天凌晨核对全部日志，还没有到第一次的时间。急用可在服务器上运行 fuwuyue log check。'),
    'log_check.failed': (_d, when) => ({ what: `${whenOf(when('at'))}核对全部日志时发现有记录被改动过，或者没有核对完。`, next: '请审计员在服务器上运行 fuwuyue log check，看是哪一条；查清以前不要恢复备份、不要改数据库。' }),
    'log_check.old': (_d, when) => ({ what: `最近一次核对全部日志是 ${whenOf(when('at'))}。`, next: '应每天一次。请查看服务器是否夜里关机。' }),
    'walls.good': () => well('数据库自己也按单位把关，程序出错也看不到别的单位。'),
    'walls.missing': () => ({ what: '数据库没有按单位把关，只靠程序。', next: '请技术支持人员检查数据库账号的权限，见运行手册“数据库防线”。' }),
    'virus_scan.good': () => well('上传的材料都经过病毒扫描。'),
    'virus_scan.silent': () => ({ what: '病毒扫描程序没有回答，新上传的材料暂时不能打开。', next: '请在服务器上重新启动病毒扫描程序（clamd）。' }),
    'virus_scan.not_set': () => ({ what: '没有接病毒扫描，上传的材料未经扫描。', next: '请安装病毒扫描程序，并设置 CLAMAV_ADDRESS。' }),
    'clock.good': () => well('服务器与数据库的时间一致。'),
    'clock.differs': (d) => ({ what: `服务器与数据库的时间相差 ${of(d, 'seconds')} 秒。截止时间以服务器时间为准。`, next: '请在两台机器上打开时间同步（chrony 或 systemd-timesyncd）。' }),
    'version.good': (d) => well(`平台 ${of(d, 'version')}，Node ${of(d, 'runtime')}，PostgreSQL ${of(d, 'postgres')}。`),
    'version.runtime_old': (d) => ({ what: `平台 ${of(d, 'version')}，Node ${of(d, 'runtime')}，PostgreSQL ${of(d, 'postgres')}。这个 Node 版本已不再提供安全更新。`, next: '请在服务月以外的时间换成 Node 22 或 24。' }),
    'version.database_old': (d) => ({ what: `数据库是 PostgreSQL ${of(d, 'postgres')}，太旧。`, next: '请升级到 PostgreSQL 15 或以上。' }),
    'people.good': (d) => well(`${of(d, 'active')} 人正在使用，共 ${of(d, 'sessions')} 个登录。`),
    'deadline.far': (d, when) => well(`离截止还有 ${of(d, 'days')} 天（${whenOf(when('at'))}）。`),
    'deadline.near': (d, when) => ({ what: `离截止只有 ${of(d, 'days')} 天（${whenOf(when('at'))}）。`, next: '截止之前请不要升级、不要改设置、不要重启服务器。' }),
  } satisfies Sentences as Sentences,
};

// Turns whatever went wrong into a sentence in Chinese and one in English that say what to do, and an exit code:
// 2 for arguments and settings that cannot be meant, 1 for everything else. Never a stack trace for what can be foreseen.
import { CommanderError } from 'commander';
import { ConfigRefused } from '../kernel/config.ts';
import { databaseErrorCode } from '../kernel/database.ts';
import { EmbeddedPostgresProblem } from '../kernel/embedded-postgres.ts';
import { MigrationChanged } from '../kernel/migrate.ts';
import { SecretsRefused } from '../kernel/secrets.ts';
import { DataDirectoryRefused } from '../main.ts';
import { ProblemRaised } from '../shared/problem.ts';
import { CommandFault } from './command-fault.ts';

export { CommandFault };

export interface Fault {
  readonly exit: number;
  readonly chinese: string;
  readonly english: string;
}

/** The sentences for an error, or null when it was not foreseen. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof CommandFault) return { exit: error.exit, chinese: error.chinese, english: error.message };
  if (error instanceof CommanderError) return argumentFault(error);
  if (error instanceof ConfigRefused) {
    const names = error.variables.join(', ');
    return { exit: 2, chinese: `环境变量 ${names} 的值无法识别，请更正后再运行。`, english: `The environment variable ${names} has a value that cannot be meant; correct it and run again.` };
  }
  if (error instanceof EmbeddedPostgresProblem) return embeddedFault(error);
  if (error instanceof MigrationChanged) {
    return {
      exit: 1, chinese: `数据库是用另一版本的 ${error.file} 建立的，不能继续使用。请换用原版本程序，或设置新的 DATA_DIR。`,
      english: `The database was made with another ${error.file}. Use the version that made it, or a new DATA_DIR.`,
    };
  }
  if (error instanceof DataDirectoryRefused) {
    return {
      exit: 1, chinese: `DATA_DIR（${error.directory}）不能写入。请检查它是不是文件夹、有没有写入权限、磁盘是否已满。`,
      english: `DATA_DIR (${error.directory}) cannot be written to. Check that it is a folder, that you may write there, and that the disk is not full.`,
    };
  }
  if (error instanceof SecretsRefused) return secretsFault(error);
  if (error instanceof ProblemRaised) return problemFault(error);
  return systemFault(error);
}

const argumentWords: { readonly [code: string]: readonly [string, string] } = {
  'commander.unknownCommand': ['没有这个命令', 'There is no such command'],
  'commander.unknownOption': ['没有这个选项', 'There is no such option'],
  'commander.missingArgument': ['缺少参数', 'An argument is missing'],
  'commander.optionMissingArgument': ['选项后面缺少值', 'An option lacks its value'],
  'commander.missingMandatoryOptionValue': ['缺少必填选项', 'A required option is missing'],
  'commander.excessArguments': ['参数过多', 'Too many arguments'],
  'commander.invalidArgument': ['参数的值不正确', 'An argument has a wrong value'],
  'commander.conflictingOption': ['两个选项不能同时使用', 'Two options exclude each other'],
};

function argumentFault({ code, message }: CommanderError): Fault {
  if (code === 'commander.help') return { exit: 2, chinese: '请写明命令。运行 fuwuyue --help 查看用法。', english: 'Name a command. Run fuwuyue --help for the usage.' };
  const [chinese, english] = argumentWords[code] ?? ['命令写法不正确', 'The command is not understood'];
  const what = message.replace(/^error: /, '').replace(/\s+/g, ' ').trim();
  return { exit: 2, chinese: `${chinese}（${what}）。运行 fuwuyue --help 查看用法。`, english: `${english} (${what}). Run fuwuyue --help for the usage.` };
}

function embeddedFault({ code, message }: EmbeddedPostgresProblem): Fault {
  const detail = message.replace(`${code}: `, '');
  const words: { readonly [C in EmbeddedPostgresProblem['code']]: readonly [string, string] } = {
    data_directory_in_use: ['数据目录正被另一个进程使用。请先停止它，或用 DATA_DIR 指定别的目录。', 'Another process uses the data directory. Stop it, or set DATA_DIR to another one.'],
    no_binary_for_platform: ['没有适用于本机的内置数据库。请运行 npm ci 安装，或将 DATABASE_URL 设为 PostgreSQL 15 及以上的数据库。', 'There is no embedded database for this machine. Run npm ci, or set DATABASE_URL to a PostgreSQL 15 or later.'],
    did_not_start: ['内置数据库未能启动。请检查 DATA_DIR 是否可写、磁盘是否已满，或设置 DATABASE_URL。', 'The embedded database did not start. Check that DATA_DIR is writable and the disk is not full, or set DATABASE_URL.'],
  };
  const [chinese, english] = words[code];
  return { exit: 1, chinese, english: `${english} (${detail})` };
}

function secretsFault({ path, fault }: SecretsRefused): Fault {
  const words: { readonly [F in SecretsRefused['fault']]: readonly [string, string] } = {
    readable_by_others: ['其他用户可以读取密钥目录或文件，不能使用。请把目录权限改为0700、文件权限改为0400，并确认密钥没有外泄', 'Others may read the folder of secrets or a file in it. Set the folder to 0700 and files to 0400, and make sure that nobody has taken a copy'],
    damaged: ['密钥文件已损坏。请从加密备份恢复密钥目录', 'A secret is damaged. Restore the folder of secrets from an encrypted backup'],
    not_writable: ['密钥目录不能写入。请检查SECRETS_DIR的写入权限和磁盘空间', 'The folder of secrets cannot be written to. Check SECRETS_DIR, its rights and the space on the disk'],
  };
  const [chinese, english] = words[fault];
  return { exit: 1, chinese: `${chinese}（${path}）。`, english: `${english} (${path}).` };
}

function problemFault({ problem }: ProblemRaised): Fault {
  const details = JSON.stringify(problem.details);
  if (problem.code === 'not_found') return { exit: 1, chinese: `没有找到：${details}。请检查届次和单位代码。`, english: `Not found: ${details}. Check the edition and the unit code.` };
  return { exit: 1, chinese: `未能完成（${problem.code}）：${details}`, english: `Refused (${problem.code}): ${details}` };
}

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'ENOENT', '57P03', '53300']);
const rejected = new Set(['28P01', '28000', '3D000', '42501']);

function systemFault(error: unknown): Fault | null {
  const codes = codesOf(error);
  if (codes.includes('EADDRINUSE')) return { exit: 1, chinese: '端口已被占用。请停止占用它的程序，或用 PORT 指定别的端口。', english: 'The port is in use. Stop whoever uses it, or set PORT to another one.' };
  if (codes.includes('EACCES') || codes.includes('EROFS')) return { exit: 1, chinese: '没有写入权限。请检查 DATA_DIR 和 PORT。', english: 'Not permitted by the system. Check DATA_DIR and PORT.' };
  if (codes.includes('ENOSPC')) return { exit: 1, chinese: '磁盘空间已满。请清理后再运行。', english: 'The disk is full. Make room and run again.' };
  if (codes.some((code) => rejected.has(code))) {
    return { exit: 1, chinese: '数据库拒绝连接或操作。请检查 DATABASE_URL 中的用户名、密码、库名和权限。', english: 'The database refused. Check user, password, database name and rights in DATABASE_URL.' };
  }
  if (codes.some((code) => unreachable.has(code)) || (error instanceof Error && error.message === 'timeout expired')) {
    return { exit: 1, chinese: '连接不到数据库。请检查 DATABASE_URL 的地址和端口，以及数据库是否在运行。', english: 'The database cannot be reached. Check host and port in DATABASE_URL, and that the server is running.' };
  }
  return null;
}

/** The code of an error and of those inside it: a host with several addresses fails with several errors. */
function codesOf(error: unknown): string[] {
  const own = databaseErrorCode(error);
  const inner = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return own === null ? inner : [own, ...inner];
}

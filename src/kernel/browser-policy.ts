// What browsers may do with our answers (security A8): set on every one of them, whoever made it. What breaks the policy is
// reported to /api/csp-report, counted, and told to the log without a word of what the page held.
import type { Context as HonoContext, Hono, MiddlewareHandler } from 'hono';
import type { Front } from './front.ts';
import type { Log } from './log.ts';

export interface PolicyOptions {
  /** Served over https. */
  readonly secure: boolean;
  /** Where the middleware of UKeys answers on the machine of whoever signs in: the one address outside that pages may ask. */
  readonly ukeyService: string | null;
}

export const reportPath = '/api/csp-report';
const reports = [`report-uri ${reportPath}`, 'report-to csp'];

/** The page: its own files only. ProseMirror (the editor of reports) makes a document of what is pasted, by a policy of this name. */
function pagePolicy(ukeyService: string | null): string {
  return [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "font-src 'self'", `connect-src 'self'${ukeyService === null ? '' : ` ${new URL(ukeyService).origin}`}`,
    "manifest-src 'self'", "worker-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'",
    "require-trusted-types-for 'script'", 'trusted-types default ProseMirrorClipboard', ...reports,
  ].join('; ');
}

/** Data: opened as a page it may do nothing. */
const dataPolicy = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", ...reports].join('; ');

const permissionsWith = (geolocation: string): string => ['camera=(self)', `geolocation=${geolocation}`, 'microphone=()', 'payment=()', 'usb=()', 'serial=()', 'hid=()', 'clipboard-read=()', 'display-capture=()', 'browsing-topics=()'].join(', ');
const permissions = permissionsWith('()');
/** For the one page that sorts by nearness, on the device. */
export const withPosition = permissionsWith('(self)');

export function browserPolicy({ secure, ukeyService }: PolicyOptions): MiddlewareHandler {
  const page = pagePolicy(ukeyService);
  return async (http, next) => {
    // Said by the compression otherwise, once the answer is there: which then is made anew, as a stream.
    http.header('vary', 'accept-encoding');
    if (methods.has(http.req.method)) await next();
    else http.res = http.body(null, 405, { allow: [...methods].join(', ') });
    const { headers } = http.res;
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', http.req.path.startsWith('/api/') ? dataPolicy : page);
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
    headers.set('reporting-endpoints', `csp="${reportPath}"`);
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('x-frame-options', 'DENY');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('cross-origin-embedder-policy', 'require-corp');
    if (!headers.has('permissions-policy')) headers.set('permissions-policy', permissions);
    headers.set('origin-agent-cluster', '?1');
    if (!headers.has('x-robots-tag')) headers.set('x-robots-tag', 'noindex, nofollow');
    if (secure) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  };
}

/** OPTIONS too is refused: nothing of another origin is ever granted. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']);

const maximumReportBytes = 16_384;

/** Takes what browsers report. Says nothing in return, whatever it was. */
export function addPolicyReports(app: Hono, { limits, addressOf, meter }: Front, log: Log): void {
  app.post(reportPath, async (http) => {
    const allowed = await limits.count({ limit: 'plain' }, { address: addressOf(http), actor: null }).then(() => true, () => false);
    if (!allowed) return http.body(null, 429, { 'retry-after': '60' });
    for (const directive of directivesOf(await readLimited(http))) {
      meter.policyBroken(directive);
      log.warn({ directive }, 'a page broke its policy');
    }
    return http.body(null, 204);
  });
}

async function readLimited(http: HonoContext): Promise<unknown> {
  const declared = Number(http.req.header('content-length') ?? Number.NaN);
  // Browsers say how long a report is.
  if (!(declared <= maximumReportBytes)) return null;
  return http.req.json<unknown>().catch(() => null);
}

/** Both forms a report has: one object (report-uri), or a list (report-to). At most ten. */
function directivesOf(report: unknown): string[] {
  const bodies = Array.isArray(report) ? report.slice(0, 10).map((one: unknown) => fieldOf(one, 'body')) : [fieldOf(report, 'csp-report')];
  return bodies.flatMap((body) => {
    const said = fieldOf(body, 'effectiveDirective') ?? fieldOf(body, 'effective-directive') ?? fieldOf(body, 'violated-directive');
    return typeof said === 'string' ? [/^[a-z-]{3,40}/.exec(said)?.[0] ?? 'unknown'] : [];
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

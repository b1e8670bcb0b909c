// The way a file comes in: what it is by its own bytes, whether it is taken, what of it is kept, and its digests.
// Slow: for the outside stage only. Never trusts the name or what the browser says.
import { fileTypeFromBuffer } from 'file-type';
import { packageFault } from '../../documents/containers.ts';
import { sha256Of, sm3Of } from '../../kernel/digest.ts';
import { allowed, type Decision } from '../../shared/decision.ts';
import { pdfEnd, pdfPages } from './endings.ts';
import { isMarkedDocument, isMarkedPdf } from './marked.ts';
import type { FileRefusal } from './model.ts';
import { drawAnew } from './pictures.ts';
import { acceptType, isPicture, maximumPdfPages, nameAs, refuseFile } from './rules.ts';

export interface KeptFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Digests of `bytes`, what is kept, not of what came. */
  readonly sha256: string;
  readonly sm3: string;
  /** Pictures only, as the four below. */
  readonly thumbnail: Uint8Array | null;
  readonly perceptualHash: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

export async function takeFile(bytes: Uint8Array, name: string): Promise<Decision<KeptFile>> {
  if (bytes.length === 0) return refuseFile('empty');
  const sniffed = await fileTypeFromBuffer(bytes);
  if (sniffed?.mime === 'application/x-cfb' && isEncryptedPackage(bytes)) return refuseFile('encrypted');
  const type = acceptType(sniffed?.mime ?? null, name, bytes.length);
  if (!type.ok) return type;
  const mediaType = type.value;
  if (isPicture(mediaType)) {
    const drawn = await drawAnew(bytes, mediaType);
    return drawn.ok ? allowed({ ...drawn.value, ...digestsOf(drawn.value.bytes), name: nameAs(drawn.value.mediaType, name) }) : drawn;
  }
  const fault = mediaType === 'application/pdf' ? pdfFault(bytes) : documentFault(bytes);
  if (fault !== null) return refuseFile(fault);
  return allowed({ name, mediaType, bytes, ...digestsOf(bytes), thumbnail: null, perceptualHash: null, width: null, height: null });
}

function digestsOf(bytes: Uint8Array): { sha256: string; sm3: string } {
  return { sha256: sha256Of(bytes), sm3: sm3Of(bytes) };
}

function pdfFault(bytes: Uint8Array): FileRefusal | null {
  const end = pdfEnd(bytes);
  if (end === null) return 'file_unreadable';
  if (end < bytes.length) return 'trailing_data';
  if (pdfPages(bytes) > maximumPdfPages) return 'too_many_pages';
  return isMarkedPdf(bytes) ? 'classified_marking' : null;
}

function documentFault(bytes: Uint8Array): FileRefusal | null {
  return packageFault(bytes) ?? (isMarkedDocument(bytes) ? 'classified_marking' : null);
}

/** A DOCX or XLSX with a password is an OLE container with a stream of this name, in UTF-16. */
function isEncryptedPackage(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('EncryptedPackage', 0, 'utf16le');
}

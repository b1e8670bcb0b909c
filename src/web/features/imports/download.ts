// Takes a file that a command makes, and gives it to the person.
import type { Endpoint, SentInputOf } from '../../../shared/endpoint.ts';
import { type Callable, receive } from '../../app/client.ts';
import { saveFile } from '../../app/file-saving.ts';

export async function download<E extends Callable>(endpoint: E, input: SentInputOf<E & Endpoint>): Promise<void> {
  const { name, content } = await receive(endpoint, input, () => undefined);
  saveFile(name, content);
}

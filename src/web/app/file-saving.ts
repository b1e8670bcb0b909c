// Gives the person a file that this browser holds.

export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name.replace(/[\\/:*?"<>|]/g, '_');
  document.body.append(link);
  link.click();
  link.remove();
  // The download has begun once this turn of events is over; old browsers want a moment more.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

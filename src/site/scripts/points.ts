// Sorts the listed points by how far they are. The position never leaves the device. Without it the list stays as it is.
const list = document.querySelector<HTMLElement>('[data-points]');
const button = document.querySelector<HTMLButtonElement>('[data-near]');
const told = document.querySelector<HTMLElement>('[data-near-status]');

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres along the ground (haversine, a sphere of 6,371 km). */
function kilometres(one: { latitude: number; longitude: number }, other: { latitude: number; longitude: number }): number {
  const [a, b] = [radians(one.latitude), radians(other.latitude)];
  const half = Math.sin((a - b) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(radians(one.longitude - other.longitude) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(half));
}

function sort(at: GeolocationCoordinates): void {
  if (list === null || told === null) return;
  const far = [...list.children].map((item) => {
    const { latitude, longitude } = (item as HTMLElement).dataset;
    return { item, away: latitude === undefined || longitude === undefined ? Number.POSITIVE_INFINITY : kilometres(at, { latitude: Number(latitude), longitude: Number(longitude) }) };
  });
  for (const { item, away } of far.sort((one, other) => one.away - other.away)) {
    const shown = item.querySelector<HTMLElement>('[data-away]');
    if (shown !== null && away < Number.POSITIVE_INFINITY) shown.textContent = (shown.dataset['away'] ?? '').replace('%', away < 10 ? away.toFixed(1) : String(Math.round(away)));
    list.append(item);
  }
  told.textContent = told.dataset['done'] ?? '';
}

if (button !== null && 'geolocation' in navigator) {
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => sort(coords), () => {
      if (told !== null) told.textContent = told.dataset['refused'] ?? '';
    }, { maximumAge: 300_000, timeout: 15_000 });
  });
}

// Words of the page of service points, in English.
import type { points as chinese } from '../zh/points.ts';

export const points: typeof chinese = {
  title: 'Service points',
  intro: 'Enterprises may ask for advice at a contact point or station nearby, free of charge. Please bring no content of a trade secret.',
  find: 'Find', query: 'Name or address', kind: 'Kind', all: 'All',
  kinds: { contact_point: 'Contact point', service_station: 'Service station', guidance_station: 'Guidance station', demo_site: 'Demonstration site', protection_base: 'Protection base' },
  none: 'No named service points here yet. Look at the level above, or ask the local market regulator.',
  total: (count) => `${count} in all`,
  address: 'Address', hours: 'Hours', telephone: 'Telephone', coverage: 'Serves', unit: 'Unit', demonstration: 'Example',
  more: 'Next page', before: 'Previous page',
  near: 'Nearest first', nearHint: 'Your position is used on your device only and is not sent to us.', nearDone: 'Nearest first.', nearRefused: 'There is no position, so the list stays. Allow it in the browser, or look by region.', away: (kilometres) => `about ${kilometres} km`,
};

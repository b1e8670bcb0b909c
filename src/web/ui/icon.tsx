// The interface's drawn signs, one stroke style. An icon never stands alone: a word is beside it or in aria-label.
const paths = {
  add: 'M10 4v12M4 10h12',
  alert: 'M10 3 18 17H2zM10 8v4M10 14.2v.6',
  arrow_down: 'm5 8 5 5 5-5',
  arrow_left: 'M16 10H4m5-5-5 5 5 5',
  arrow_right: 'M4 10h12m-5-5 5 5-5 5',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 17.5h3',
  camera: 'M2.5 6.5h4L8 4h4l1.5 2.5h4v10h-15zM10 14a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  chart: 'M3 17h14M5.5 14V9M10 14V4M14.5 14v-7',
  check: 'm4 10.5 4 4 8-9',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M10 6v4.5l3 2',
  close: 'm5 5 10 10M15 5 5 15',
  copy: 'M7 7h10v10H7zM4 13H3V3h10v1',
  cross: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M7.5 7.5l5 5M12.5 7.5l-5 5',
  document: 'M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5.5M7.5 13h5.5',
  download: 'M10 3v10m-4-4 4 4 4-4M3.5 16.5h13',
  eye: 'M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10M10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6',
  grid: 'M3 3.5h14v13H3zM3 8h14M3 12.2h14M8 3.5v13',
  history: 'M4 6.5A7.5 7.5 0 1 1 2.6 11M4 2.8v3.9h3.9M10 6v4.5l3 2',
  home: 'M3 9.5 10 3l7 6.5M5 8.5V17h10V8.5',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M10 9v5M10 6v.6',
  keyboard: 'M2 5h16v10H2zM5 8h.6M8 8h.6M11 8h.6M14 8h.6M5 12h10',
  key: 'M6.5 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M10 10h8v3M14.5 10v2.5',
  ledger: 'M4 3h12v14H4zM7 3v14M9.5 7H13M9.5 10.5H13',
  lock: 'M4.5 9h11v8h-11zM7 9V6.5a3 3 0 0 1 6 0V9',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  minus: 'M4 10h12',
  more: 'M4.5 10h.6M10 10h.6M15.5 10h.6',
  paperclip: 'm15.5 9.5-5.8 5.8a3.4 3.4 0 0 1-4.9-4.8l6.6-6.6a2.2 2.2 0 0 1 3.2 3.2l-6.4 6.4a1.1 1.1 0 0 1-1.6-1.6l5.6-5.6',
  pencil: 'M3.5 16.5V13L13 3.5 16.5 7 7 16.5zM11 5.5 14.5 9',
  people: 'M7 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6M1.8 17c0-3.2 2.2-5 5.2-5s5.2 1.8 5.2 5M13 4a2.8 2.8 0 0 1 0 5.3M14.5 12.2c2.3.5 3.7 2.2 3.7 4.8',
  question: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M7.8 8a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.8M10 14v.6',
  refresh: 'M16.5 9A6.6 6.6 0 0 0 4.6 6.2M3.5 11a6.6 6.6 0 0 0 11.9 2.8M4 2.8v3.7h3.7M16 17.2v-3.7h-3.7',
  search: 'M8.7 14.4a5.7 5.7 0 1 0 0-11.4 5.7 5.7 0 0 0 0 11.4M13 13l4.3 4.3',
  send: 'M17.5 2.5 2.5 8.7l6 2.8 2.8 6zM17.5 2.5l-9 9',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4M7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  stamp: 'M7.5 8.5a3 3 0 1 1 5 0c-.6 1-.8 1.8-.8 2.8h3.8V14h-11v-2.7h3.8c0-1-.2-1.800-.8-2.800M4.500 17h11',
  table: 'M3 4h14v12H3zM3 8h14M9 8v8',
  trash: 'M3.5 5.5h13M8 5.500V3.500h4v2M5 5.500 6 17h8l1-11.500M8.500 9v5M11.500 9v5',
  undo: 'M8 4 4 8l4 4M4 8h7.500a4.500 4.500 0 0 1 0 9H7',
  upload: 'M10 13V3m-4 4 4-4 4 4M3.500 16.500h13',
  user: 'M10 10a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M3.500 17.500c0-3.500 2.800-5.500 6.500-5.500s6.500 2 6.500 5.500',
  waiting: 'M6 3h8M6 17h8M7 3v3l3 4-3 4v3M13 3v3l-3 4 3 4v3',
} as const;

export type IconName = keyof typeof paths;

/** Decorative for readers of the screen. `size` in CSS pixels at standard text size. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width={size} height={size} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

// Puts the application on the page.
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { getEdition } from '../../modules/editions/contract.ts';
import { whoAmI } from '../../modules/sign-in/contract.ts';
import { getUnit } from '../../modules/units/contract.ts';
import { TextProvider } from '../language/text.tsx';
import { allowEmptyHtml } from './empty-html.ts';
import { prefetch, queryClient } from './queries.ts';
import { router } from './routes.tsx';

export function start(): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  allowEmptyHtml();
  askAhead(location.pathname);
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <TextProvider>
          <RouterProvider router={router} />
        </TextProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

/** What every page of a seat needs, asked while the page's own file is still on its way: on a slow line a round trip less. */
function askAhead(path: string): void {
  const [, edition, unitCode] = /^\/([0-9a-z-]+)\/(\d{6})(?:\/|$)/.exec(path) ?? [];
  if (edition === undefined || unitCode === undefined) return;
  prefetch(whoAmI, {});
  prefetch(getEdition, { edition, unitCode });
  prefetch(getUnit, { edition, unitCode });
}

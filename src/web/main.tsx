// The staff application's first file: modes, language, query cache, routes.
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { showPreferences } from './app/preferences.ts';
import { queryClient } from './app/queries.ts';
import { router } from './app/routes.tsx';
import { TextProvider } from './language/text.tsx';
import './ui/tokens.css';
import './ui/base.css';
import './ui/kit.css';
import './app/frame.css';

showPreferences();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TextProvider>
        <RouterProvider router={router} />
      </TextProvider>
    </QueryClientProvider>
  </StrictMode>,
);

'use client';

import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState } from 'react';
import { call } from '../api/api';
import { rulesOf, themeQuery } from './company';

/** A theme that is changed is worn by everybody within a minute, and by who comes back to the page at once. */
const again = 60_000;

/** The company's colours. Those of the first picture stand in the page; from then on the browser is told of each change, which no policy of styles is asked about. */
export function CompanyTheme({ nonce }: { readonly nonce: string | undefined }) {
  const { data } = useQuery({ ...themeQuery(call), refetchInterval: again });
  const rules = rulesOf(data);
  const [first] = useState({ rules, nonce });
  const element = useRef<HTMLStyleElement>(null);
  useLayoutEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    if (element.current !== null) element.current.disabled = true;
    return () => void (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((known) => known !== sheet));
  }, [rules]);
  return first.rules === '' ? null : <style ref={element} nonce={first.nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: first.rules }} />;
}

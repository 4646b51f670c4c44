import React from 'react';
import useBaseUrl from '@docusaurus/useBaseUrl';
import './redline.css';

// Shows a redline. Its links begin at the root of the host; the site may not.
export default function Redline({html, lang, dir}) {
  const home = useBaseUrl('/docs/policies/');
  const here = html.replaceAll('href="/docs/policies/', () => `href="${home}`);
  return <div className="codicil-redline" lang={lang} dir={dir} dangerouslySetInnerHTML={{__html: here}} />;
}

import { ApiProblem } from '@platform/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/api';
import { useMe } from '../../api/me';
import { saidOf, toldOf } from '../../api/told';
import { Skeleton } from '../../shell/Skeleton';
import { begun, themeQuery, type Theme } from '../../theme/company';
import { isReadable, type Colors } from '../../theme/contrast';
import { Fault } from '../../ui/Fault';
import { useNotice } from '../../ui/Notice';
import { ColorLines } from './ColorLines';
import { LogoLine } from './LogoLine';
import { ThemePreview } from './ThemePreview';
import { deleteTheme, saveTheme } from './themes';

const modes = ['light', 'dark'] as const;

/** How the company looks: its colours by day and by night, and its logo. */
export function ThemePage() {
  const found = useQuery({ ...themeQuery(call), staleTime: 0 });
  if (found.data === undefined && found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  return found.data === undefined ? <Skeleton /> : <Editor theme={found.data} />;
}

function Editor({ theme }: { readonly theme: Theme }) {
  const [t, client, tell, me] = [useTranslations('themes'), useQueryClient(), useNotice(), useMe()];
  // What is written over is what was seen when writing began, whatever is worn since.
  const [known, setKnown] = useState(theme);
  const own = known.id !== '';
  const [draft, setDraft] = useState<typeof begun>(own ? { light: theme.light!, dark: theme.dark!, radius: theme.radius } : begun);
  const [sure, setSure] = useState(false);
  const made = (now: Theme) => {
    setKnown(now);
    return client.invalidateQueries({ queryKey: ['theme'] });
  };
  const worn = (text: string, now: Theme) => {
    tell({ text });
    return made(now);
  };
  const refused = (fault: Error) => tell({ text: fault instanceof ApiProblem && fault.code === 'STALE_ETAG' ? t('conflict') : saidOf(fault), bad: true });
  const save = useMutation({ mutationFn: () => saveTheme(known, { ...draft, label: (own && known.label) || me.tenant?.name || 'Theme' }), onSuccess: (now) => worn(t('saved'), now), onError: refused });
  const remove = useMutation({
    mutationFn: () => deleteTheme(known),
    onSuccess: () => {
      setDraft(begun);
      return worn(t('removed'), { ...known, id: '', etag: '', logoType: '' });
    },
    onError: refused,
  });
  const set = (mode: (typeof modes)[number], parts: Partial<Colors>) => setDraft((now) => ({ ...now, [mode]: { ...now[mode], ...parts } }));
  const readable = isReadable(draft.light) && isReadable(draft.dark);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (readable) save.mutate();
  };
  return (
    <form className="tw:grid tw:gap-6 tw:max-w-5xl" onSubmit={submit} noValidate>
      <p className="dim">{t('hint')}</p>
      <LogoLine theme={known} onMade={made} onChanged={worn} onRefused={refused} />
      <div className="theme-modes">
        {modes.map((mode) => (
          <section key={mode} className="tw:grid tw:gap-3" aria-label={t(mode)}>
            <h2 className="section-title">{t(mode)}</h2>
            <ThemePreview mode={mode} colors={draft[mode]} radius={draft.radius} />
            <ColorLines mode={mode} colors={draft[mode]} onChange={(parts) => set(mode, parts)} />
          </section>
        ))}
      </div>
      <label className="bar-field theme-radius"><span>{t('radius')}</span>
        <input type="range" min={0} max={24} value={draft.radius} onChange={(event) => setDraft((now) => ({ ...now, radius: Number(event.target.value) }))} /><output className="tabular">{draft.radius} px</output>
      </label>
      <footer className="tw:flex tw:gap-2 tw:items-center tw:flex-wrap">
        <button type="submit" className="button primary" disabled={!readable || save.isPending}>{t('save')}</button>
        {readable ? null : <span className="danger" role="status">{t('unreadable')}</span>}
        <span className="grow" />
        {own ? <button type="button" className="button ghost danger" disabled={remove.isPending} onBlur={() => setSure(false)} onClick={() => (sure ? remove.mutate() : setSure(true))}>{t(sure ? 'removeSure' : 'remove')}</button> : null}
      </footer>
    </form>
  );
}

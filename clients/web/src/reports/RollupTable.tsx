import { PenLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Avatar } from '../ui/Avatar';
import { categories, type Category } from './reports';
import { depthsOf, isSayable, type Rollup, type RollupNode, type RollupSum } from './rollup';
import { useGroupNames } from './useGroupNames';
import type { Written } from './useReport';

interface Props {
  readonly rollup: Rollup;
  readonly written: Written;
  /** Asks what is to be said instead; absent where the caller may say nothing. */
  readonly onSay: ((userId: string, category: Category) => void) | undefined;
}

/** A line for each person below the one above, with what holds of each category, and what the deals come to where something else was said. */
export function RollupTable({ rollup, written, onSay }: Props) {
  const [t, nameOf] = [useTranslations('reports'), useGroupNames('owner')];
  const depths = depthsOf(rollup.nodes);
  return (
    <div className="grid-scroll" tabIndex={0} role="region" aria-label={t('rollup.title')}>
      <table className="grid report rollup">
        <thead>
          <tr><th scope="col">{t('rollup.person')}</th>{categories.map((category) => <th key={category} scope="col" className="end">{t(`categories.${category}`)}</th>)}</tr>
        </thead>
        <tbody>
          {rollup.nodes.map((node) => {
            const name = nameOf(node.userId);
            return (
              <tr key={node.userId}>
                <th scope="row"><span className="person" style={{ paddingInlineStart: `${(depths.get(node.userId) ?? 0) * 22}px` }}><Avatar name={name} round /> <span className="truncate">{name}</span></span></th>
                {categories.map((category) => <Cell key={category} node={node} name={name} sum={node.sums.find((sum) => sum.category === category)} written={written} onSay={isSayable(category) ? onSay : undefined} />)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ node, name, sum, written, onSay }: Pick<Props, 'written' | 'onSay'> & { readonly node: RollupNode; readonly name: string; readonly sum: RollupSum | undefined }) {
  const t = useTranslations('reports');
  if (sum === undefined) return <td className="end">—</td>;
  const amount = <b className="tabular" data-said={sum.override !== undefined}>{written.about(sum.forecast)}</b>;
  return (
    <td className="end">
      {onSay === undefined ? amount : (
        <button type="button" className="quiet sayable" aria-label={t('rollup.sayFor', { name, category: t(`categories.${sum.category}`), amount: written.about(sum.forecast) })} onClick={() => onSay(node.userId, sum.category)}>
          <PenLine size={13} aria-hidden />{amount}
        </button>
      )}
      <span className="rollup-note dim tabular">{sum.override === undefined ? t('funnel.deals', { count: sum.dealCount ?? 0 }) : t('rollup.instead', { amount: written.about(sum.teamAmount) })}</span>
    </td>
  );
}

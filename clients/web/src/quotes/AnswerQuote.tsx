import { CircleCheck, CircleX, Send } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { formatInstant } from '../fields/date';
import { statusOf, type Quote } from './quotes';

/** What has become of a quote since it was sent. */
export function AnswerQuote({ quote }: { readonly quote: Quote }) {
  const [t, locale, timeZone] = [useTranslations('quotes'), useLocale(), useTimeZone()];
  const [status, { answer, sendTime }] = [statusOf(quote), quote];
  if (status === 'DRAFT') return null;
  const accepted = status === 'ACCEPTED';
  if (answer !== undefined && (accepted || status === 'DECLINED'))
    return (
      <p className="answer" data-good={accepted}>
        {accepted ? <CircleCheck size={17} aria-hidden /> : <CircleX size={17} aria-hidden />}
        <span><b>{t(accepted ? 'acceptedBy' : 'declinedBy', { name: answer.signerName || t('somebody') })}</b> {formatInstant(answer.answerTime, locale, timeZone)}{answer.reason === '' ? null : <span className="lines">{answer.reason}</span>}</span>
      </p>
    );
  return <p className="answer"><Send size={15} aria-hidden /><span>{t('sentAt', { time: formatInstant(sendTime, locale, timeZone) })}</span></p>;
}

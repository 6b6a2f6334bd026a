import { useQuery } from '@tanstack/react-query';
import { call } from '../api/api';
import { logoOf, themeQuery } from '../theme/company';
import { Avatar } from '../ui/Avatar';

/** The company's logo, or the letters of its name. */
export function CompanyMark({ name }: { readonly name: string }) {
  const logo = logoOf(useQuery(themeQuery(call)).data);
  // An image of the company's own, of any size; the platform sends it as it is.
  // eslint-disable-next-line @next/next/no-img-element
  return logo === undefined ? <Avatar name={name} /> : <img className="company-logo" src={logo} alt="" />;
}

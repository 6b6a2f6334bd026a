import { Box, Building2, CalendarCheck, FilePen, FileText, Handshake, Link2, Package, Receipt, Sprout, Tag, Tags, Users, type LucideIcon, type LucideProps } from 'lucide-react';
import { createElement } from 'react';

const icons: Readonly<Record<string, LucideIcon>> = {
  'contacts.person': Users,
  'contacts.company': Building2,
  'contacts.lead': Sprout,
  'contacts.activity': CalendarCheck,
  'contacts.relation': Link2,
  'deals.deal': Handshake,
  'deals.quote': FilePen,
  'finance.invoice': FileText,
  'finance.credit_note': Receipt,
  'inventory.product': Package,
  'inventory.price_list': Tags,
  'inventory.price': Tag,
};

export const iconOf = (resource: string): LucideIcon => icons[resource] ?? Box;

/** The mark of a resource, the same everywhere. */
export const ResourceIcon = ({ name, ...props }: LucideProps & { readonly name: string }) => createElement(iconOf(name), { 'aria-hidden': true, ...props });

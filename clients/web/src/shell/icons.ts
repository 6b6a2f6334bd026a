import { Box, Building2, FileText, Handshake, Sprout, Users, type LucideIcon } from 'lucide-react';

const icons: Readonly<Record<string, LucideIcon>> = {
  'contacts.person': Users,
  'contacts.company': Building2,
  'contacts.lead': Sprout,
  'deals.deal': Handshake,
  'finance.invoice': FileText,
};

export const iconOf = (resource: string): LucideIcon => icons[resource] ?? Box;

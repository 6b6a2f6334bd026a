/** Whether somebody writes into a field of the record: what they see stays as it is, so that what is changed meanwhile is found out when they save. */
export const isEditing = (): boolean => document.querySelector('.field .editing') !== null;

using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;

namespace Platform.Contacts;

/// <summary>Finding by what people know. PostgreSQL folds the case on both sides, so that its rules and ours cannot differ.</summary>
internal static class Lookups
{
    public static IQueryable<Person> WithEmail(this IQueryable<Person> people, string email) =>
        people.Where(row => EF.Property<string>(row, "LowerEmail") == ContactsDbContext.Lower(email));

    public static IQueryable<Company> WithName(this IQueryable<Company> companies, string name) =>
        companies.Where(row => EF.Property<string>(row, "LowerName") == ContactsDbContext.Lower(name));

    /// <summary>The lead, held until the transaction ends: it cannot be converted twice, or while something is hung on it.</summary>
    public static IQueryable<Lead> LockedForUpdate(this ProtectedSet<Lead> leads, Guid id) => leads.FromSql($"SELECT *, xmin FROM leads WHERE id = {id} FOR UPDATE");

    /// <summary>The same for several, in one order.</summary>
    public static IQueryable<Lead> LockedForUpdate(this ProtectedSet<Lead> leads, Guid[] ids) => leads.FromSql($"SELECT *, xmin FROM leads WHERE id = ANY({ids}) ORDER BY id FOR UPDATE");

    /// <summary>The lead, which cannot be converted until the transaction ends.</summary>
    public static IQueryable<Lead> LockedForShare(this ProtectedSet<Lead> leads, Guid id) => leads.FromSql($"SELECT *, xmin FROM leads WHERE id = {id} FOR SHARE");
}

using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;

namespace Platform.Contacts.Imports.Writing;

/// <summary>
/// Finding the rows of many keys, one look into the index for each. Asked for a list, PostgreSQL may read all rows of the company instead:
/// until it has looked at the table again, it takes a company that is just being imported for a small one.
/// </summary>
internal static class KnownRows
{
    /// <param name="rows">Those that the caller may see.</param>
    /// <param name="tenant">The company.</param>
    /// <param name="names">In small letters.</param>
    public static IQueryable<Company> Called(this ProtectedSet<Company> rows, Guid tenant, List<string> names) => rows.FromSql(
        $"SELECT found.* FROM unnest({names}) AS sought (name) CROSS JOIN LATERAL (SELECT *, xmin FROM companies WHERE tenant_id = {tenant} AND lower_name = sought.name OFFSET 0) AS found");

    /// <param name="rows">Those that the caller may see.</param>
    /// <param name="tenant">The company.</param>
    /// <param name="emails">In small letters.</param>
    public static IQueryable<Person> WithEmails(this ProtectedSet<Person> rows, Guid tenant, List<string> emails) => rows.FromSql(
        $"SELECT found.* FROM unnest({emails}) AS sought (email) CROSS JOIN LATERAL (SELECT *, xmin FROM people WHERE tenant_id = {tenant} AND lower_email = sought.email OFFSET 0) AS found");

    /// <param name="rows">Those that the caller may see.</param>
    /// <param name="tenant">The company.</param>
    /// <param name="emails">In small letters.</param>
    public static IQueryable<Lead> WithEmails(this ProtectedSet<Lead> rows, Guid tenant, List<string> emails) => rows.FromSql(
        $"SELECT found.* FROM unnest({emails}) AS sought (email) CROSS JOIN LATERAL (SELECT *, xmin FROM leads WHERE tenant_id = {tenant} AND lower_email = sought.email OFFSET 0) AS found");
}

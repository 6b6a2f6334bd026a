using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Data;

namespace Platform.Contacts.Imports.Writing;

/// <summary>One statement for the new rows of a batch.</summary>
internal static class BulkInserts
{
    public static Task InsertAsync(this ContactsDbContext db, List<Company> rows, CancellationToken cancellationToken) => rows.Count == 0 ? Task.CompletedTask : db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO companies (tenant_id, id, name, email, phone, website, tax_number, address, phone_e164, other_emails, other_phones, other_addresses, custom_fields, owner_id, create_time, update_time)
        SELECT {db.Caller.RequiredTenantId}, row.id, row.name, row.email, row.phone, row.website, row.tax_number, row.address::jsonb, row.phone_e164, row.other_emails::jsonb, row.other_phones::jsonb, row.other_addresses::jsonb, row.custom_fields::jsonb, {rows[0].OwnerId}::uuid, row.create_time, row.create_time
        FROM unnest(
            {rows.ConvertAll(row => row.Id)}, {rows.ConvertAll(row => row.Name)}, {rows.ConvertAll(row => row.Email)}, {rows.ConvertAll(row => row.Phone)},
            {rows.ConvertAll(row => row.Website)}, {rows.ConvertAll(row => row.TaxNumber)}, {rows.ConvertAll(row => Json(row.Address))}::text[], {rows.ConvertAll(row => row.PhoneE164)}::text[], {rows.ConvertAll(row => MessageLists.Format(row.OtherEmails))}, {rows.ConvertAll(row => MessageLists.Format(row.OtherPhones))},
            {rows.ConvertAll(row => MessageLists.Format(row.OtherAddresses))}, {rows.ConvertAll(row => Json(row.CustomFields))}::text[], {rows.ConvertAll(row => row.CreateTime)})
            AS row (id, name, email, phone, website, tax_number, address, phone_e164, other_emails, other_phones, other_addresses, custom_fields, create_time)
        """,
        cancellationToken);

    public static Task InsertAsync(this ContactsDbContext db, List<Person> rows, CancellationToken cancellationToken) => rows.Count == 0 ? Task.CompletedTask : db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO people (tenant_id, id, first_name, last_name, email, phone, job_title, language, company_id, address, phone_e164, other_emails, other_phones, other_addresses, custom_fields, owner_id, create_time, update_time)
        SELECT {db.Caller.RequiredTenantId}, row.id, row.first_name, row.last_name, row.email, row.phone, row.job_title, row.language, row.company_id, row.address::jsonb, row.phone_e164, row.other_emails::jsonb, row.other_phones::jsonb, row.other_addresses::jsonb, row.custom_fields::jsonb, {rows[0].OwnerId}::uuid,
            row.create_time, row.create_time
        FROM unnest(
            {rows.ConvertAll(row => row.Id)}, {rows.ConvertAll(row => row.FirstName)}, {rows.ConvertAll(row => row.LastName)}, {rows.ConvertAll(row => row.Email)},
            {rows.ConvertAll(row => row.Phone)}, {rows.ConvertAll(row => row.JobTitle)}, {rows.ConvertAll(row => row.Language)}, {rows.ConvertAll(row => row.CompanyId)}::uuid[],
            {rows.ConvertAll(row => Json(row.Address))}::text[], {rows.ConvertAll(row => row.PhoneE164)}::text[], {rows.ConvertAll(row => MessageLists.Format(row.OtherEmails))}, {rows.ConvertAll(row => MessageLists.Format(row.OtherPhones))},
            {rows.ConvertAll(row => MessageLists.Format(row.OtherAddresses))}, {rows.ConvertAll(row => Json(row.CustomFields))}::text[], {rows.ConvertAll(row => row.CreateTime)})
            AS row (id, first_name, last_name, email, phone, job_title, language, company_id, address, phone_e164, other_emails, other_phones, other_addresses, custom_fields, create_time)
        """,
        cancellationToken);

    public static Task InsertAsync(this ContactsDbContext db, List<Lead> rows, CancellationToken cancellationToken) => rows.Count == 0 ? Task.CompletedTask : db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO leads (tenant_id, id, first_name, last_name, email, phone, company_name, job_title, source, status, score, address, phone_e164, custom_fields, owner_id, create_time, update_time)
        SELECT {db.Caller.RequiredTenantId}, row.id, row.first_name, row.last_name, row.email, row.phone, row.company_name, row.job_title, row.source, row.status, row.score, row.address::jsonb, row.phone_e164, row.custom_fields::jsonb, row.owner_id,
            row.create_time, row.create_time
        FROM unnest(
            {rows.ConvertAll(row => row.Id)}, {rows.ConvertAll(row => row.FirstName)}, {rows.ConvertAll(row => row.LastName)}, {rows.ConvertAll(row => row.Email)},
            {rows.ConvertAll(row => row.Phone)}, {rows.ConvertAll(row => row.CompanyName)}, {rows.ConvertAll(row => row.JobTitle)}, {rows.ConvertAll(row => row.Source)},
            {rows.ConvertAll(row => row.Status.ToString())}, {rows.ConvertAll(row => row.Score)}::integer[], {rows.ConvertAll(row => Json(row.Address))}::text[], {rows.ConvertAll(row => row.PhoneE164)}::text[], {rows.ConvertAll(row => Json(row.CustomFields))}::text[], {rows.ConvertAll(row => row.OwnerId)}::uuid[], {rows.ConvertAll(row => row.CreateTime)})
            AS row (id, first_name, last_name, email, phone, company_name, job_title, source, status, score, address, phone_e164, custom_fields, owner_id, create_time)
        """,
        cancellationToken);

    private static string? Json(IMessage? message) => message is null ? null : JsonFormatter.Default.Format(message);
}

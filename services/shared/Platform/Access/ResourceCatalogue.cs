using Google.Protobuf.Reflection;

namespace Platform.Access;

/// <summary>A kind of record that policies may name.</summary>
/// <param name="Name"><c>{module}.{resource}</c>, for example <c>deals.deal</c>.</param>
/// <param name="Message">Its message; the paths of field rules are those of its fields.</param>
/// <param name="Filterable">The top-level fields that a policy's filter may look at.</param>
public sealed record ResourceInfo(string Name, MessageDescriptor Message, IReadOnlyList<string> Filterable)
{
    /// <summary>The field of a record that has what companies added to it.</summary>
    public const string CustomFields = "custom_fields";

    /// <summary>Whether companies can add fields to it.</summary>
    public bool HasCustomFields { get; } = Message.FindFieldByName(CustomFields) is not null;

    /// <summary>Which of its rows never change again, as a condition in SQL; empty where all may.</summary>
    public string Frozen { get; init; } = "";

    /// <summary>The module that the record belongs to.</summary>
    public string Module => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Of these, the ones that lists may be ordered by.</summary>
    public IReadOnlyList<string> Sortable { get; init; } = [];

    /// <summary>Messages that repeat this one's fields under the same names, and so follow the same field rules.</summary>
    public IReadOnlyList<MessageDescriptor> Copies { get; init; } = [];

    /// <summary>The permission without which no policy and no share helps.</summary>
    public string PermissionFor(AccessAction action) => $"{Module}.{action switch { AccessAction.Read => "read", AccessAction.Export => "export", _ => "write" }}";
}

/// <summary>The kinds of records that policies may name, known to all services.</summary>
public static class ResourceCatalogue
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResourceInfo> All { get; } =
    [
        new("contacts.lead", Contacts.V1.Lead.Descriptor,
            ["id", "first_name", "last_name", "email", "phone", "company_name", "job_title", "source", "status", "converted_person_id", "converted_company_id", "convert_time", "custom_fields", "create_time", "update_time", "owner_id"])
        {
            Sortable = ["first_name", "last_name", "email", "company_name", "source", "convert_time", "create_time", "update_time"],
        },
        new("contacts.person", Contacts.V1.Person.Descriptor,
            ["id", "first_name", "last_name", "email", "phone", "job_title", "company_id", "language", "custom_fields", "create_time", "update_time", "owner_id"])
        {
            Sortable = ["first_name", "last_name", "email", "job_title", "create_time", "update_time"],
        },
        new("contacts.company", Contacts.V1.Company.Descriptor,
            ["id", "name", "email", "phone", "website", "tax_number", "custom_fields", "create_time", "update_time", "owner_id"])
        {
            Sortable = ["name", "email", "create_time", "update_time"],
        },
        new("deals.deal", Deals.V1.Deal.Descriptor,
            ["id", "name", "company_id", "person_id", "owner_id", "status", "currency", "amount", "amount_estimate", "probability", "close_date", "lost_reason", "flag_code", "flag_reason",
             "close_time", "custom_fields", "create_time", "update_time"])
        {
            Sortable = ["name", "amount", "amount_estimate", "probability", "close_date", "close_time", "create_time", "update_time"],
        },
        new("finance.invoice", Finance.V1.Invoice.Descriptor,
            ["id", "number", "status", "source_type", "source_id", "buyer_company_id", "buyer_person_id", "currency", "tax_rounding", "net_total", "tax_total", "total", "amount_due",
             "issue_date", "due_date", "credit_note_id", "issue_time", "custom_fields", "create_time", "update_time", "owner_id"])
        {
            Sortable = ["number", "net_total", "tax_total", "total", "amount_due", "issue_date", "due_date", "issue_time", "create_time", "update_time"],
            Frozen = "number IS NOT NULL",
            Copies = [Finance.V1.CreditNote.Descriptor],
        },
    ];

    /// <summary>The kind of that name; null where there is none.</summary>
    public static ResourceInfo? Find(string name) => All.FirstOrDefault(resource => resource.Name == name);

    /// <summary>The kind whose field rules a message follows; null where it is no such record.</summary>
    internal static ResourceInfo? Of(MessageDescriptor message) => All.FirstOrDefault(resource => resource.Message == message || resource.Copies.Contains(message));
}

using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Platform.Access.Fields;
using Platform.CustomFields;

namespace Platform.Access;

/// <summary>A kind of record that policies may name.</summary>
/// <param name="Name"><c>{module}.{resource}</c>, for example <c>deals.deal</c>.</param>
/// <param name="Message">Its message; the paths of field rules are those of its fields.</param>
/// <param name="Filterable">The top-level fields that a policy's filter may look at.</param>
public sealed record ResourceInfo(string Name, MessageDescriptor Message, IReadOnlyList<string> Filterable)
{
    /// <summary>The field of a record that has what companies added to it.</summary>
    public const string CustomFields = "custom_fields";

    /// <summary>The condition that every row fulfils.</summary>
    internal const string Always = "true";

    /// <summary>What the paths of those fields begin with.</summary>
    public const string CustomFieldsPrefix = CustomFields + ".";

    /// <summary>Whether companies can add fields to it.</summary>
    public bool HasCustomFields { get; } = Message.FindFieldByName(CustomFields) is not null;

    /// <summary>Which of its rows never change again, as a condition in SQL; empty where all may.</summary>
    public string Frozen { get; init; } = "";

    /// <summary>Whether none of them ever changes, or goes.</summary>
    public bool IsFixed => Frozen == Always;

    /// <summary>Which rows of its table are records of this kind, as a condition in SQL; empty where all are.</summary>
    public string Rows { get; init; } = "";

    /// <summary>Whether it stands for all objects that companies define, each of which is a kind of its own.</summary>
    public bool IsGeneric { get; init; }

    /// <summary>The module that the record belongs to.</summary>
    public string Module => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Whether its records keep by which rates amounts in their custom fields are worth what in the company's currency.</summary>
    public bool KeepsRates { get; init; }

    /// <summary>Of these, the ones that lists may be ordered by.</summary>
    public IReadOnlyList<string> Sortable { get; init; } = [];

    /// <summary>
    /// Fields that the service makes of all the others by rules of the company, last of all when a record is saved: neither formulas nor roll-ups
    /// read them, and whoever does not see all that filters may look at does not see them either, unless a field rule speaks of themselves.
    /// </summary>
    public IReadOnlyList<string> Judged { get; init; } = [];

    /// <summary>Built-in fields that lead to other records, with the kind of record that each leads to.</summary>
    public IReadOnlyDictionary<string, string> References { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Of these, the ones that nobody is told who may not read the other kind of record.</summary>
    public IReadOnlyDictionary<string, string> ToldWith { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Messages that repeat this one's fields under the same names, and so follow the same field rules.</summary>
    public IReadOnlyList<MessageDescriptor> Copies { get; init; } = [];

    /// <summary>Whether its service writes files of them.</summary>
    public bool IsExported { get; init; } = true;

    /// <summary>Fields that the service sets by itself, beside those that every service sets.</summary>
    public IReadOnlyList<string> SetByService { get; init; } = [];

    /// <summary>Fields that repeat those of another kind, and so follow its field rules where no rule speaks of themselves.</summary>
    public IReadOnlyList<RepeatedField> Repeats { get; init; } = [];

    /// <summary>The kind of this very record.</summary>
    public ResourceInfo Of(IMessage record) => IsGeneric && record is Platform.Records.V1.Record { Resource: var name } ? ResourceCatalogue.Find(name) ?? this : this;

    /// <summary>The kind that a request is about: where it is one for all objects, the request names the object.</summary>
    public ResourceInfo In(IMessage request, TenantFields? fields) =>
        IsGeneric && request.Descriptor.FindFieldByName("object")?.Accessor.GetValue(request) is string plural && fields?.FindObject(plural) is { } known
            ? ResourceCatalogue.Find(known.Resource) ?? this
            : this;

    /// <summary>The permission without which no policy and no share helps.</summary>
    public string PermissionFor(AccessAction action) => $"{Module}.{action switch { AccessAction.Read => "read", AccessAction.Export => "export", _ => "write" }}";
}

/// <summary>A field that repeats one of another kind of record.</summary>
/// <param name="Path">Its path, in the names of the .proto.</param>
/// <param name="Resource">Name of the other kind.</param>
/// <param name="Source">The path there.</param>
public sealed record RepeatedField(string Path, string Resource, string Source);

/// <summary>The kinds of records that policies may name, known to all services.</summary>
public static partial class ResourceCatalogue
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResourceInfo> All { get; } =
    [
        new("contacts.lead", Contacts.V1.Lead.Descriptor,
            ["id", "first_name", "last_name", "email", "phone", "phone_e164", "company_name", "job_title", "source", "status", "score", "converted_person_id", "converted_company_id", "converted_deal_id", "convert_time", "consents", "custom_fields", "create_time", "update_time", "owner_id"])
        {
            Sortable = ["first_name", "last_name", "email", "company_name", "source", "score", "convert_time", "create_time", "update_time"],
            Judged = ["score"],
            References = new Dictionary<string, string> { ["converted_person_id"] = "contacts.person", ["converted_company_id"] = "contacts.company", ["converted_deal_id"] = "deals.deal" },
            ToldWith = new Dictionary<string, string> { ["converted_deal_id"] = "deals.deal" },
            KeepsRates = true,
        },
        new("contacts.person", Contacts.V1.Person.Descriptor,
            ["id", "first_name", "last_name", "email", "phone", "phone_e164", "other_emails", "other_phones", "job_title", "company_id", "language", "time_zone", "consents", "custom_fields", "create_time", "update_time", "owner_id"])
        {
            Sortable = ["first_name", "last_name", "email", "job_title", "create_time", "update_time"],
            References = new Dictionary<string, string> { ["company_id"] = "contacts.company" },
            KeepsRates = true,
        },
        new("contacts.company", Contacts.V1.Company.Descriptor,
            ["id", "name", "email", "phone", "phone_e164", "other_emails", "other_phones", "website", "tax_number", "custom_fields", "create_time", "update_time", "owner_id"])
        {
            Sortable = ["name", "email", "create_time", "update_time"],
            KeepsRates = true,
        },
        new("contacts.activity", Contacts.V1.Activity.Descriptor,
            ["id", "lead_id", "person_id", "company_id", "deal_id", "kind", "subject", "body", "source_type", "source_id", "occur_time", "status", "priority", "due_time", "duration_minutes",
             "assignee_id", "remind_time", "complete_time", "custom_fields", "owner_id", "create_time", "update_time"])
        {
            Sortable = ["subject", "occur_time", "due_time", "complete_time", "create_time", "update_time"],
            References = new Dictionary<string, string> { ["lead_id"] = "contacts.lead", ["person_id"] = "contacts.person", ["company_id"] = "contacts.company", ["deal_id"] = "deals.deal" },
            KeepsRates = true,
        },
        new("contacts.relation", Contacts.V1.Relation.Descriptor,
            ["id", "kind", "from_person_id", "from_company_id", "to_person_id", "to_company_id", "label", "reverse_label", "create_time", "update_time", "custom_fields", "owner_id"])
        {
            Sortable = ["label", "reverse_label", "create_time", "update_time"],
            IsExported = false,
            SetByService = ["owner_id"],
            KeepsRates = true,
        },
        new("deals.deal", Deals.V1.Deal.Descriptor,
            ["id", "name", "company_id", "person_id", "owner_id", "status", "currency", "amount", "amount_estimate", "reporting_amount", "probability", "close_date", "lost_reason", "flag_code", "flag_reason",
             "close_time", "pipeline_id", "stage_id", "forecast_category", "stage_change_time", "rotting_since", "loss_reason_id", "source", "team_id", "next_step", "next_step_date",
             "custom_fields", "create_time", "update_time"])
        {
            Sortable = ["name", "amount", "amount_estimate", "probability", "close_date", "close_time", "stage_change_time", "rotting_since", "next_step_date", "create_time", "update_time"],
            References = new Dictionary<string, string> { ["company_id"] = "contacts.company", ["person_id"] = "contacts.person" },
            KeepsRates = true,
        },
        new("deals.quote", Deals.V1.Quote.Descriptor,
            ["id", "number", "revision", "status", "deal_id", "company_id", "person_id", "owner_id", "name", "currency", "net_total", "tax_total", "total", "expire_date", "language",
             "send_time", "expire_time", "custom_fields", "create_time", "update_time"])
        {
            Sortable = ["number", "revision", "name", "net_total", "tax_total", "total", "expire_date", "send_time", "expire_time", "create_time", "update_time"],
            References = new Dictionary<string, string> { ["deal_id"] = "deals.deal", ["company_id"] = "contacts.company", ["person_id"] = "contacts.person" },
            Copies = [Deals.V1.LinkedQuote.Descriptor],
            Repeats = [new("company_id", "deals.deal", "company_id"), new("person_id", "deals.deal", "person_id")],
            KeepsRates = true,
        },
        new(Invoice, Finance.V1.Invoice.Descriptor,
            ["id", "number", "status", "source_type", "source_id", "buyer_company_id", "buyer_person_id", "currency", "tax_rounding", "net_total", "tax_total", "total", "amount_due",
             "issue_date", "due_date", "credit_note_id", "issue_time", "custom_fields", "create_time", "update_time", "owner_id"])
        {
            References = new Dictionary<string, string> { ["buyer_company_id"] = "contacts.company", ["buyer_person_id"] = "contacts.person" },
            Sortable = ["number", "net_total", "tax_total", "total", "amount_due", "issue_date", "due_date", "issue_time", "create_time", "update_time"],
            Frozen = "number IS NOT NULL",
            KeepsRates = true,
        },
        // Never changed, so that rates that are known later change nothing of it either.
        new("finance.credit_note", Finance.V1.CreditNote.Descriptor,
            ["id", "number", "invoice_id", "invoice_number", "reason", "currency", "net_total", "tax_total", "total", "issue_date", "create_time", "custom_fields", "owner_id"])
        {
            Sortable = ["number", "invoice_number", "net_total", "tax_total", "total", "issue_date", "create_time"],
            Frozen = ResourceInfo.Always,
            IsExported = false,
            SetByService = ["invoice_number", "seller", "buyer", "currency", "lines", "owner_id"],
            Repeats = [new("invoice_number", Invoice, "number"), .. Repeating(Finance.V1.CreditNote.Descriptor, Invoice, Finance.V1.Invoice.Descriptor,
                "seller", "buyer", "currency", "lines", "tax_subtotals", "net_total", "tax_total", "total", "issue_date", "reporting_total", "reporting_rate")],
        },
        new("inventory.product", Inventory.V1.Product.Descriptor,
            ["id", "code", "name", "description", "unit", "tax_category", "recurrence", "default_term", "active", "custom_fields", "create_time", "update_time", "owner_id"])
        {
            Sortable = ["code", "name", "create_time", "update_time"],
            KeepsRates = true,
        },
        new("inventory.price_list", Inventory.V1.PriceList.Descriptor, ["id", "name", "is_default", "create_time", "update_time", "custom_fields", "owner_id"])
        {
            Sortable = ["name", "create_time", "update_time"],
            IsExported = false,
            SetByService = ["is_default", "owner_id"],
            KeepsRates = true,
        },
        new("inventory.price", Inventory.V1.Price.Descriptor,
            ["id", "price_list_id", "product_id", "unit_price", "start_date", "end_date", "create_time", "update_time", "custom_fields", "owner_id"])
        {
            Sortable = ["unit_price", "start_date", "end_date", "create_time", "update_time"],
            IsExported = false,
            SetByService = ["owner_id"],
            KeepsRates = true,
        },
    ];

    /// <summary>What the names of objects begin with that companies define.</summary>
    public const string ObjectPrefix = "records.";

    /// <summary>The longest key of an object.</summary>
    public const int ObjectKeyLength = 40;

    /// <summary>All objects that companies define; each is a kind of its own, which <see cref="Find"/> knows by its name.</summary>
    public static ResourceInfo Objects { get; } = new($"{ObjectPrefix}*", Platform.Records.V1.Record.Descriptor,
        ["id", "number", "name", "custom_fields", "owner_id", "create_time", "update_time"])
    {
        Sortable = ["number", "name", "create_time", "update_time"],
        IsGeneric = true,
        Rows = "false",
        KeepsRates = true,
    };

    /// <summary>The permissions to read what records of other kinds are told to lead to only then.</summary>
    public static IReadOnlyList<string> ReadElsewhere { get; } =
        [.. All.SelectMany(kind => kind.ToldWith.Values).Distinct(StringComparer.Ordinal).Select(name => All.First(kind => kind.Name == name).PermissionFor(AccessAction.Read))];

    private const string Invoice = "finance.invoice";
    private const int MaxObjects = 20_000;

    private static readonly ConcurrentDictionary<string, ResourceInfo> KnownObjects = new(StringComparer.Ordinal);

    /// <summary>The kind of that name; null where there is none. Any object may exist in some company.</summary>
    public static ResourceInfo? Find(string name) =>
        name.StartsWith(ObjectPrefix, StringComparison.Ordinal) ? FindObject(name) : All.FirstOrDefault(resource => resource.Name == name);

    /// <summary>Whether it may be the key of an object: lower case, digits and _, as the names of the API.</summary>
    public static bool IsObjectKey(string key) => key.Length is > 0 and <= ObjectKeyLength && ObjectKey().IsMatch(key);

    /// <summary>The kind whose field rules a message follows; null where it is no such record.</summary>
    internal static ResourceInfo? Of(MessageDescriptor message) =>
        All.Append(Objects).FirstOrDefault(resource => resource.Message == message || resource.Copies.Contains(message));

    /// <summary>The kind of that name, or all objects.</summary>
    internal static ResourceInfo? FindOrObjects(string name) => name == Objects.Name ? Objects : Find(name);

    // With all that is in them, of which a rule may speak alone.
    private static IEnumerable<RepeatedField> Repeating(MessageDescriptor message, string resource, MessageDescriptor source, params string[] names) =>
        names.SelectMany(name => PathsOf(message.FindFieldByName(name), name)).Where(path => FieldPaths.Exists(source, path)).Select(path => new RepeatedField(path, resource, path));

    private static IEnumerable<string> PathsOf(FieldDescriptor field, string path) => field.FieldType != FieldType.Message
        ? [path]
        : field.MessageType.Fields.InDeclarationOrder().SelectMany(inner => PathsOf(inner, $"{path}.{inner.Name}")).Prepend(path);

    private static ResourceInfo? FindObject(string name)
    {
        if (KnownObjects.TryGetValue(name, out var known))
            return known;
        var key = name[ObjectPrefix.Length..];
        if (!IsObjectKey(key))
            return null;
        // The names come from requests: no more of them than are in use anywhere.
        if (KnownObjects.Count >= MaxObjects)
            KnownObjects.Clear();
        return KnownObjects.GetOrAdd(name, new ResourceInfo(name, Objects.Message, Objects.Filterable) { Sortable = Objects.Sortable, Rows = $"object_key = '{key}'", KeepsRates = Objects.KeepsRates });
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(_[a-z0-9]+)*\z")]
    private static partial Regex ObjectKey();
}

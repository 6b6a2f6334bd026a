using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.Leads.Scoring;
using Platform.Contacts.People;

namespace Platform.Contacts.Duplicates;

/// <summary>A kind of record that may have duplicates.</summary>
internal sealed record DuplicateKind(
    ResourceInfo Resource, string Table, IReadOnlyList<string> Fields, IReadOnlyList<Anchor> Anchors,
    Func<ContactsDbContext, IReadOnlyCollection<Guid>, CancellationToken, Task<Dictionary<Guid, IMessage>>> LoadAsync)
{
    public static DuplicateKind People { get; } = new(
        Person.Resource.Info, "people", ["email", "phone", "first_name", "last_name", "company_id", "job_title"], Anchor.OfPeople,
        async (db, ids, cancellationToken) => await db.People.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => (IMessage)row.ToMessage(), cancellationToken));

    public static DuplicateKind Companies { get; } = new(
        Company.Resource.Info, "companies", ["name", "email", "phone", "website", "tax_number"], Anchor.OfCompanies,
        async (db, ids, cancellationToken) => await db.Companies.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => (IMessage)row.ToMessage(), cancellationToken));

    public static DuplicateKind Leads { get; } = new(
        Lead.Resource.Info, "leads", ["email", "phone", "first_name", "last_name", "company_name"], Anchor.OfPeople,
        // One that was converted is a person by now.
        async (db, ids, cancellationToken) =>
        {
            var scores = await KnownScores.OfAsync(db, cancellationToken);
            return await db.Leads.AsNoTracking().Where(row => ids.Contains(row.Id) && row.Status != V1.LeadStatus.Converted).ToDictionaryAsync(row => row.Id, row => (IMessage)scores.Tell(row), cancellationToken);
        });

    public static IReadOnlyList<DuplicateKind> All { get; } = [People, Companies, Leads];

    public static DuplicateKind? Find(string resource) => All.FirstOrDefault(kind => kind.Resource.Name == resource);

    /// <summary>The rules where the company has set none.</summary>
    public IReadOnlyList<V1.DuplicateRule> Defaults => this == Companies ? CompanyDefaults : PersonDefaults;

    /// <summary>The columns by which these rules find records: one a rule, the most telling.</summary>
    public IEnumerable<Anchor> AnchorsOf(IEnumerable<V1.DuplicateRule> rules) =>
        rules.Select(rule => Anchors.FirstOrDefault(anchor => anchor.Serves(rule))).OfType<Anchor>().Distinct();

    /// <summary>Whether its records have e-mails and phones beside the main ones.</summary>
    public bool HasOthers { get; } = Resource.Message.FindFieldByName("other_emails") is not null;

    /// <summary>Whether the caller sees all that the rule compares; whoever does not would learn it by the outcome.</summary>
    public bool IsOpenTo(Tenancy.Caller caller, V1.DuplicateRule rule) =>
        rule.Conditions.All(condition => caller.CanRead(Resource, condition.Field) && (!HasOthers || OthersOf(condition.Field) is not { } others || caller.CanRead(Resource, others)));

    /// <summary>The e-mails of a record, the main one first.</summary>
    public static IEnumerable<string> EmailsOf(IMessage message) => Others<V1.OtherEmail>(message, "other_emails").Select(other => other.Address).Prepend(Text(message, "email"));

    /// <summary>Its phones, likewise, each as E.164 too where that is known.</summary>
    public static IEnumerable<(string Number, string E164)> PhonesOf(IMessage message) =>
        Others<V1.OtherPhone>(message, "other_phones").Select(other => (other.Number, other.E164)).Prepend((Text(message, "phone"), Text(message, "phone_e164")));

    /// <summary>All that a record has of such a value, in the form in which an anchor takes it; of phones, E.164 too.</summary>
    public static IEnumerable<string> OthersOf(IMessage message, string others) =>
        others == "email" ? EmailsOf(message).Skip(1) : PhonesOf(message).Skip(1).SelectMany(phone => new[] { phone.Number, phone.E164 }).Where(written => written.Length > 0);

    private static string? OthersOf(string field) => field switch
    {
        "email" => "other_emails.address",
        "phone" => "other_phones.number",
        _ => null,
    };

    private static IEnumerable<T> Others<T>(IMessage message, string field) => message.Descriptor.FindFieldByName(field)?.Accessor.GetValue(message) as IEnumerable<T> ?? [];

    /// <summary>A field as it is compared; that of another kind than text or number is compared with nothing.</summary>
    public static string Text(IMessage message, string field) => field.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal)
        ? Text((message.Descriptor.FindFieldByName(ResourceInfo.CustomFields)?.Accessor.GetValue(message) as Struct)?.Fields.GetValueOrDefault(field[ResourceInfo.CustomFieldsPrefix.Length..]))
        : message.Descriptor.FindFieldByName(field)?.Accessor.GetValue(message) as string ?? "";

    private static string Text(Value? value) => value?.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.NumberValue => value.NumberValue.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    private static readonly V1.DuplicateRule[] PersonDefaults =
    [
        Rule("Same e-mail", 100, ("email", V1.MatchMethod.Normalised)),
        Rule("Same phone, similar name", 90, ("phone", V1.MatchMethod.Normalised), ("last_name", V1.MatchMethod.Similar)),
        Rule("Same name", 70, ("last_name", V1.MatchMethod.Normalised), ("first_name", V1.MatchMethod.Normalised)),
        Rule("Similar name that sounds alike", 60, ("last_name", V1.MatchMethod.Phonetic), ("last_name", V1.MatchMethod.Similar), ("first_name", V1.MatchMethod.Normalised)),
    ];

    private static readonly V1.DuplicateRule[] CompanyDefaults =
    [
        Rule("Same name but for the legal form", 90, ("name", V1.MatchMethod.Normalised)),
        Rule("Same phone, similar name", 90, ("phone", V1.MatchMethod.Normalised), ("name", V1.MatchMethod.Similar)),
        Rule("Similar name that sounds alike", 60, ("name", V1.MatchMethod.Phonetic), ("name", V1.MatchMethod.Similar)),
    ];

    private static V1.DuplicateRule Rule(string name, int score, params (string Field, V1.MatchMethod Method)[] conditions) => new()
    {
        Name = name,
        Score = score,
        Action = V1.DuplicateAction.Review,
        Conditions = { conditions.Select(condition => new V1.MatchCondition { Field = condition.Field, Method = condition.Method, MinSimilarity = condition.Method == V1.MatchMethod.Similar ? 30 : 0 }) },
    };
}

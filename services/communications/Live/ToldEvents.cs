using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Events;
using Platform.Finance.V1;
using Platform.Inventory.V1;
using Platform.Pipelines.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;

namespace Platform.Communications.Live;

/// <summary>Which events tell that what has changed. They come in bulk, for an import tells of very many; a hint may come twice.</summary>
internal static class ToldEvents
{
    /// <summary>What one person is told within the application.</summary>
    public const string Notification = "communications.notification";

    /// <summary>Who may do what.</summary>
    public const string Access = "tenants.access";

    private const string Lead = "contacts.lead";
    private const string Person = "contacts.person";
    private const string Company = "contacts.company";
    private const string Activity = "contacts.activity";
    private const string Deal = "deals.deal";
    private const string Quote = "deals.quote";
    private const string Invoice = "finance.invoice";
    private const string Product = "inventory.product";
    private const string PriceList = "inventory.price_list";
    private const string Price = "inventory.price";
    private const string Relation = "contacts.relation";

    public static EventSubscriptions TellLive(this EventSubscriptions events) => events.InBulk()
        .Made<LeadCreated>(told => told.Lead).Kept<LeadUpdated>(told => told.Lead).Gone<LeadDeleted>(Lead, told => told.Id)
        .Tell<LeadConverted>(told => [Of(Lead, told.LeadId)])
        .Tell<LeadMerged>(told => [Of(Lead, told.Lead.Id), .. told.MergedIds.Select(id => Of(Lead, id, ChangeKind.Deleted))])
        .Tell<LeadUnmerged>(told => [Of(Lead, told.Lead.Id), .. told.Restored.Select(lead => Of(Lead, lead.Id, ChangeKind.Created))])
        .Made<PersonCreated>(told => told.Person).Kept<PersonUpdated>(told => told.Person).Gone<PersonDeleted>(Person, told => told.Id)
        .Tell<PersonMerged>(told => [Of(Person, told.Person.Id), .. told.MergedIds.Select(id => Of(Person, id, ChangeKind.Deleted))])
        .Tell<PersonUnmerged>(told => [Of(Person, told.Person.Id), .. told.Restored.Select(person => Of(Person, person.Id, ChangeKind.Created))])
        .Made<CompanyCreated>(told => told.Company).Kept<CompanyUpdated>(told => told.Company).Gone<CompanyDeleted>(Company, told => told.Id)
        .Tell<CompanyMerged>(told => [Of(Company, told.Company.Id), .. told.MergedIds.Select(id => Of(Company, id, ChangeKind.Deleted))])
        .Tell<CompanyUnmerged>(told => [Of(Company, told.Company.Id), .. told.Restored.Select(company => Of(Company, company.Id, ChangeKind.Created))])
        .Tell<ActivityCreated>(told => OfActivity(told.Activity, ChangeKind.Created)).Tell<ActivityUpdated>(told => [.. OfActivity(told.Activity, ChangeKind.Updated), .. Beside(told.Left)])
        .Tell<ActivityCompleted>(told => OfActivity(told.Activity, ChangeKind.Updated)).Tell<ActivityDeleted>(told => [Of(Activity, told.Id, ChangeKind.Deleted), .. Beside(told.Left)])
        .Tell<RelationCreated>(told => OfRelation(told.Relation, ChangeKind.Created)).Tell<RelationUpdated>(told => OfRelation(told.Relation, ChangeKind.Updated))
        .Tell<RelationDeleted>(told => OfRelation(told.Relation, ChangeKind.Deleted))
        .Made<DealCreated>(told => told.Deal).Kept<DealUpdated>(told => told.Deal).Kept<DealWon>(told => told.Deal).Kept<DealLost>(told => told.Deal)
        .Kept<DealFlagged>(told => told.Deal).Gone<DealDeleted>(Deal, told => told.Id)
        .Made<QuoteCreated>(told => told.Quote).Kept<QuoteUpdated>(told => told.Quote).Kept<QuoteSent>(told => told.Quote).Kept<QuoteAccepted>(told => told.Quote)
        .Kept<QuoteDeclined>(told => told.Quote).Kept<QuoteExpired>(told => told.Quote).Kept<QuoteSuperseded>(told => told.Quote).Gone<QuoteDeleted>(Quote, told => told.Id)
        .Made<InvoiceCreated>(told => told.Invoice).Kept<InvoiceUpdated>(told => told.Invoice).Gone<InvoiceDeleted>(Invoice, told => told.Id)
        .Kept<InvoiceIssued>(told => told.Invoice).Tell<CreditNoteIssued>(told => [Of(Invoice, told.CreditNote.InvoiceId), .. Of(told.CreditNote, ChangeKind.Created)])
        .Made<ProductCreated>(told => told.Product).Kept<ProductUpdated>(told => told.Product).Gone<ProductDeleted>(Product, told => told.Id)
        .Made<PriceListCreated>(told => told.PriceList).Kept<PriceListUpdated>(told => told.PriceList).Gone<PriceListDeleted>(PriceList, told => told.Id)
        .Made<PriceCreated>(told => told.Price).Kept<PriceUpdated>(told => told.Price).Gone<PriceDeleted>(Price, told => told.Id)
        .Made<RecordCreated>(told => told.Record).Kept<RecordUpdated>(told => told.Record).Made<RecordRestored>(told => told.Record)
        .Tell<RecordDeleted>(told => [Of(told.Resource, told.Id, ChangeKind.Deleted)])
        .Tell<NoteWritten>(told => [Of(told.Resource, told.RecordId, ChangeKind.Timeline)]).Tell<NoteDeleted>(told => [Of(told.Resource, told.RecordId, ChangeKind.Timeline)])
        // The stages of the boards of deals.
        .Tell<PipelineChanged>(_ => [Of(Deal, "")])
        .Tell<NotificationsChanged>(told => [For(Notification, told.UserId)])
        .Tell<MemberChanged>(told => [For(Access, told.UserId)]).Tell<AccessChanged>(_ => [For(Access, "")]).Tell<TenantStateChanged>(_ => [For(Access, "")])
        .Tell<ApiKeyChanged>(_ => [For(Access, "")]).Tell<ExternalAppChanged>(_ => [For(Access, "")]);

    private static EventSubscriptions Made<TEvent>(this EventSubscriptions events, Func<TEvent, IMessage?> record)
        where TEvent : class, IMessage<TEvent>, new() => events.Tell<TEvent>(told => Of(record(told), ChangeKind.Created));

    private static EventSubscriptions Kept<TEvent>(this EventSubscriptions events, Func<TEvent, IMessage?> record)
        where TEvent : class, IMessage<TEvent>, new() => events.Tell<TEvent>(told => Of(record(told), ChangeKind.Updated));

    private static EventSubscriptions Gone<TEvent>(this EventSubscriptions events, string resource, Func<TEvent, string> id)
        where TEvent : class, IMessage<TEvent>, new() => events.Tell<TEvent>(told => [Of(resource, id(told), ChangeKind.Deleted)]);

    private static EventSubscriptions Tell<TEvent>(this EventSubscriptions events, Func<TEvent, IEnumerable<Change>> changes)
        where TEvent : class, IMessage<TEvent>, new() => events.OnRepeatable<TEvent>("TellLive", (told, context, token) =>
        {
            List<Change> named = [.. changes(told).Where(change => change.Id.Length == 0 || Guid.TryParse(change.Id, out _))];
            named.ForEach(change => (change.ActorId, change.Time) = (context.CausedBy, context.Time.ToTimestamp()));
            return context.Services.GetRequiredService<LiveLog>().TellAsync(context.TenantId, named, token);
        });

    // Who looks at a record sees its timeline too.
    private static IEnumerable<Change> OfActivity(Activity? activity, ChangeKind kind) => activity is null ? [] :
        [Of(Activity, activity.Id, kind), .. Beside((Lead, activity.LeadId), (Person, activity.PersonId), (Company, activity.CompanyId), (Deal, activity.DealId))];

    private static IEnumerable<Change> Beside(ActivityTargets? left) => left is null ? [] : Beside((Lead, left.LeadId), (Person, left.PersonId), (Company, left.CompanyId), (Deal, left.DealId));

    // Who looks at one of the two sees the other beside it.
    private static IEnumerable<Change> OfRelation(Relation? relation, ChangeKind kind) => relation is null ? [] :
        Of(relation, kind).Concat(Beside((Person, relation.FromPersonId), (Company, relation.FromCompanyId), (Person, relation.ToPersonId), (Company, relation.ToCompanyId)));

    private static IEnumerable<Change> Beside(params (string Resource, string Id)[] records) =>
        records.Where(record => record.Id.Length > 0).Select(record => Of(record.Resource, record.Id, ChangeKind.Timeline));

    private static IEnumerable<Change> Of(IMessage? record, ChangeKind kind) => record switch
    {
        null => [],
        Record own => [Of(own.Resource, own.Id, kind)],
        _ when ResourceCatalogue.All.FirstOrDefault(known => known.Message == record.Descriptor) is { } resource =>
            [Of(resource.Name, (string)record.Descriptor.FindFieldByName("id").Accessor.GetValue(record), kind)],
        _ => [],
    };

    private static Change Of(string resource, string id, ChangeKind kind = ChangeKind.Updated) => new() { Resource = resource, Id = id, Kind = kind };

    private static Change For(string what, string user) => new() { Resource = what, Kind = ChangeKind.Updated, UserId = user };
}

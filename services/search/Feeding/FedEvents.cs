using Google.Protobuf;
using Platform.Contacts.V1;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Events;
using Platform.Finance.V1;
using Platform.Inventory.V1;
using Platform.Records.V1;

namespace Platform.Search.Feeding;

/// <summary>Which events tell what of records. All of it may come again and in any order: the index keeps the latest. It comes
/// in bulk, for an import tells of very many, and what is written to the index is gathered.</summary>
internal static class FedEvents
{
    private const string Lead = "contacts.lead";
    private const string Person = "contacts.person";
    private const string Company = "contacts.company";
    private const string Activity = "contacts.activity";
    private const string Deal = "deals.deal";
    private const string Quote = "deals.quote";
    private const string Invoice = "finance.invoice";
    private const string Product = "inventory.product";

    public static EventSubscriptions FeedIndex(this EventSubscriptions events) => events.InBulk()
        .Keep<LeadCreated>(told => [told.Lead]).Keep<LeadUpdated>(told => [told.Lead]).Drop<LeadDeleted>(told => [(Lead, told.Id)])
        .Feed<LeadMerged>(told => [told.Lead], told => told.MergedIds.Select(id => (Lead, id)))
        .Keep<LeadUnmerged>(told => [told.Lead, .. told.Restored])
        .Keep<PersonCreated>(told => [told.Person]).Keep<PersonUpdated>(told => [told.Person]).Drop<PersonDeleted>(told => [(Person, told.Id)])
        .Feed<PersonMerged>(told => [told.Person], told => told.MergedIds.Select(id => (Person, id)))
        .Keep<PersonUnmerged>(told => [told.Person, .. told.Restored])
        .Keep<CompanyCreated>(told => [told.Company]).Keep<CompanyUpdated>(told => [told.Company]).Drop<CompanyDeleted>(told => [(Company, told.Id)])
        .Feed<CompanyMerged>(told => [told.Company], told => told.MergedIds.Select(id => (Company, id)))
        .Keep<CompanyUnmerged>(told => [told.Company, .. told.Restored])
        .Keep<ActivityCreated>(told => [told.Activity]).Keep<ActivityUpdated>(told => [told.Activity]).Keep<ActivityCompleted>(told => [told.Activity])
        .Drop<ActivityDeleted>(told => [(Activity, told.Id)])
        .Keep<DealCreated>(told => [told.Deal]).Keep<DealUpdated>(told => [told.Deal]).Keep<DealWon>(told => [told.Deal]).Keep<DealLost>(told => [told.Deal])
        .Keep<DealFlagged>(told => [told.Deal]).Drop<DealDeleted>(told => [(Deal, told.Id)])
        .Keep<QuoteCreated>(told => [told.Quote]).Keep<QuoteUpdated>(told => [told.Quote]).Keep<QuoteSent>(told => [told.Quote]).Keep<QuoteAccepted>(told => [told.Quote])
        .Keep<QuoteDeclined>(told => [told.Quote]).Keep<QuoteExpired>(told => [told.Quote]).Keep<QuoteSuperseded>(told => [told.Quote]).Drop<QuoteDeleted>(told => [(Quote, told.Id)])
        .Keep<InvoiceCreated>(told => [told.Invoice]).Keep<InvoiceUpdated>(told => [told.Invoice]).Keep<InvoiceIssued>(told => [told.Invoice]).Drop<InvoiceDeleted>(told => [(Invoice, told.Id)])
        .Keep<ProductCreated>(told => [told.Product]).Keep<ProductUpdated>(told => [told.Product]).Drop<ProductDeleted>(told => [(Product, told.Id)])
        .Keep<RecordCreated>(told => [told.Record]).Keep<RecordUpdated>(told => [told.Record]).Keep<RecordRestored>(told => [told.Record])
        .Drop<RecordDeleted>(told => [(told.Resource, told.Id)]).Drop<RecordPurged>(told => [(told.Resource, told.Id)])
        .OnRepeatable<FieldsChanged>("ForgetFields", (told, context, token) => context.Services.GetRequiredService<CustomFieldDirectory>().SpreadAsync(context.TenantId, told.Version, token))
        .OnRepeatable<ObjectTypeChanged>("ForgetObjects", (told, context, token) => context.Services.GetRequiredService<CustomFieldDirectory>().SpreadAsync(context.TenantId, told.Version, token));

    private static EventSubscriptions Keep<TEvent>(this EventSubscriptions events, Func<TEvent, IReadOnlyCollection<IMessage>> records)
        where TEvent : class, IMessage<TEvent>, new() => events.Feed(records, _ => []);

    private static EventSubscriptions Drop<TEvent>(this EventSubscriptions events, Func<TEvent, IEnumerable<(string Type, string Id)>> gone)
        where TEvent : class, IMessage<TEvent>, new() => events.Feed(_ => [], gone);

    // What stays and what is gone by the same event is written at once.
    private static EventSubscriptions Feed<TEvent>(
        this EventSubscriptions events, Func<TEvent, IReadOnlyCollection<IMessage>> records, Func<TEvent, IEnumerable<(string Type, string Id)>> gone)
        where TEvent : class, IMessage<TEvent>, new() =>
        events.OnRepeatable<TEvent>("FeedIndex", (told, context, token) => context.Services.GetRequiredService<Feeder>().KeepAsync(records(told), [.. gone(told)], context.Time, token));
}

using Google.Protobuf;
using Platform.Contacts.V1;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Events;
using Platform.Finance.V1;
using Platform.Records.V1;

namespace Platform.Search.Feeding;

/// <summary>Which events tell what of records. All of it may come again and in any order: the index keeps the latest.</summary>
internal static class FedEvents
{
    private const string Lead = "contacts.lead";
    private const string Person = "contacts.person";
    private const string Company = "contacts.company";
    private const string Activity = "contacts.activity";
    private const string Deal = "deals.deal";

    public static EventSubscriptions FeedIndex(this EventSubscriptions events) => events
        .Keep<LeadCreated>(told => [told.Lead]).Keep<LeadUpdated>(told => [told.Lead]).Drop<LeadDeleted>(Lead, told => [told.Id])
        .Keep<PersonCreated>(told => [told.Person]).Keep<PersonUpdated>(told => [told.Person]).Drop<PersonDeleted>(Person, told => [told.Id])
        .Keep<PersonMerged>(told => [told.Person]).Drop<PersonMerged>(Person, told => told.MergedIds)
        .Keep<PersonUnmerged>(told => [told.Person, .. told.Restored])
        .Keep<CompanyCreated>(told => [told.Company]).Keep<CompanyUpdated>(told => [told.Company]).Drop<CompanyDeleted>(Company, told => [told.Id])
        .Keep<CompanyMerged>(told => [told.Company]).Drop<CompanyMerged>(Company, told => told.MergedIds)
        .Keep<CompanyUnmerged>(told => [told.Company, .. told.Restored])
        .Keep<ActivityCreated>(told => [told.Activity]).Keep<ActivityUpdated>(told => [told.Activity]).Keep<ActivityCompleted>(told => [told.Activity])
        .Drop<ActivityDeleted>(Activity, told => [told.Id])
        .Keep<DealCreated>(told => [told.Deal]).Keep<DealUpdated>(told => [told.Deal]).Keep<DealWon>(told => [told.Deal]).Keep<DealLost>(told => [told.Deal])
        .Keep<DealFlagged>(told => [told.Deal]).Drop<DealDeleted>(Deal, told => [told.Id])
        .Keep<InvoiceIssued>(told => [told.Invoice])
        .Keep<RecordCreated>(told => [told.Record]).Keep<RecordUpdated>(told => [told.Record]).Keep<RecordRestored>(told => [told.Record])
        .Drop<RecordDeleted>(told => (told.Resource, told.Id)).Drop<RecordPurged>(told => (told.Resource, told.Id))
        .OnRepeatable<FieldsChanged>("ForgetFields", (told, context, token) => context.Services.GetRequiredService<CustomFieldDirectory>().SpreadAsync(context.TenantId, told.Version, token))
        .OnRepeatable<ObjectTypeChanged>("ForgetObjects", (told, context, token) => context.Services.GetRequiredService<CustomFieldDirectory>().SpreadAsync(context.TenantId, told.Version, token));

    private static EventSubscriptions Keep<TEvent>(this EventSubscriptions events, Func<TEvent, IReadOnlyCollection<IMessage>> records)
        where TEvent : class, IMessage<TEvent>, new() =>
        events.OnRepeatable<TEvent>("KeepInIndex", (told, context, token) => FeederOf(context).KeepAsync(records(told), [], context.Time, token));

    private static EventSubscriptions Drop<TEvent>(this EventSubscriptions events, string type, Func<TEvent, IReadOnlyCollection<string>> ids)
        where TEvent : class, IMessage<TEvent>, new() =>
        events.OnRepeatable<TEvent>("DropFromIndex", (told, context, token) => FeederOf(context).KeepAsync([], [.. ids(told).Select(id => (type, id))], context.Time, token));

    private static EventSubscriptions Drop<TEvent>(this EventSubscriptions events, Func<TEvent, (string Type, string Id)> record)
        where TEvent : class, IMessage<TEvent>, new() =>
        events.OnRepeatable<TEvent>("DropFromIndex", (told, context, token) => FeederOf(context).KeepAsync([], [record(told)], context.Time, token));

    private static Feeder FeederOf(EventContext context) => context.Services.GetRequiredService<Feeder>();
}

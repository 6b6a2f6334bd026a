using FluentValidation;
using Platform.Communications.Delivery;
using Platform.Communications.Emails;
using Platform.Communications.Followers;
using Platform.Communications.Live;
using Platform.Communications.Notifications;
using Platform.Communications.Templates;
using Platform.Contacts.V1;
using Platform.Data;
using Platform.Deals.V1;
using Platform.Events;
using Platform.Invocation;
using Platform.Languages;
using Platform.Records.V1;
using Platform.Tenants.V1;

namespace Platform.Communications;

internal static class CommunicationsSetup
{
    /// <summary>What the domain reacts to.</summary>
    public static void Subscribe(EventSubscriptions events) => events.TellLive()
        .On<TenantStateChanged, CommunicationsDbContext>(OnTenantStateChanged.Handle)
        .On<Contacts.V1.BulkJobEnded, CommunicationsDbContext>(OnBulkJobEnded.Handle)
        .On<Deals.V1.BulkJobEnded, CommunicationsDbContext>(OnBulkJobEnded.HandleDeals)
        .On<Inventory.V1.BulkJobEnded, CommunicationsDbContext>(OnBulkJobEnded.HandleProducts)
        .On<Records.V1.BulkJobEnded, CommunicationsDbContext>(OnBulkJobEnded.HandleRecords)
        .On<ActivityReminded, CommunicationsDbContext>(OnActivityReminded.Handle)
        .On<SignedInFromNewDevice, CommunicationsDbContext>(OnSignedInFromNewDevice.Handle)
        .On<SupportAccessChanged, CommunicationsDbContext>(OnSupportAccessChanged.Handle)
        .On<ActivityCreated, CommunicationsDbContext>(OnActivityCreated.Handle)
        .On<ActivityUpdated, CommunicationsDbContext>(OnActivityUpdated.Handle)
        .On<NoteWritten, CommunicationsDbContext>(OnNoteWritten.Handle)
        .On<DealStageChanged, CommunicationsDbContext>(OnDealStageChanged.Handle)
        .On<Contacts.V1.OwnerChanged, CommunicationsDbContext>(OnOwnerChanged.Handle)
        .On<Deals.V1.OwnerChanged, CommunicationsDbContext>(OnOwnerChanged.Handle)
        .On<Records.V1.OwnerChanged, CommunicationsDbContext>(OnOwnerChanged.Handle)
        .On<LeadConverted, CommunicationsDbContext>(OnRecordJoined.Handle)
        .On<LeadMerged, CommunicationsDbContext>(OnRecordJoined.Handle)
        .On<PersonMerged, CommunicationsDbContext>(OnRecordJoined.Handle)
        .On<CompanyMerged, CommunicationsDbContext>(OnRecordJoined.Handle)
        .On<LeadDeleted, CommunicationsDbContext>(OnRecordGone.Handle)
        .On<PersonDeleted, CommunicationsDbContext>(OnRecordGone.Handle)
        .On<CompanyDeleted, CommunicationsDbContext>(OnRecordGone.Handle)
        .On<DealDeleted, CommunicationsDbContext>(OnRecordGone.Handle)
        .On<RecordPurged, CommunicationsDbContext>(OnRecordGone.Handle)
        .On<MemberChanged, CommunicationsDbContext>(OnRecordGone.Handle);

    public static IServiceCollection AddCommunications(this IServiceCollection services) => services
        .AddWording(typeof(CommunicationsSetup).Assembly)
        .AddSingleton<IValidator<V1.SendEmailRequest>, SendEmail.Validator>()
        .AddSingleton<IValidator<V1.ListEmailsRequest>, ListEmails.Validator>()
        .AddSingleton<IValidator<V1.MarkNotificationsReadRequest>, MarkNotificationsRead.Validator>()
        .AddSingleton<IValidator<V1.TellPresenceRequest>, TellPresence.Validator>()
        .AddSingleton<LiveLog>()
        .AddSingleton<LiveChannel>()
        .AddSingleton<IValidator<V1.ListFollowersRequest>, ListFollowers.Validator>()
        .AddSingleton<IValidator<V1.FollowRecordRequest>, FollowRecord.Validator>()
        .AddSingleton<IValidator<V1.UnfollowRecordRequest>, UnfollowRecord.Validator>()
        .AddServiceClients(FollowedKinds.Owners, invoker => new VisibilityService.VisibilityServiceClient(invoker))
        .AddScoped<FollowedRecord>()
        .AddScoped<Teller>()
        .AddSingleton(provider => Settings<SmtpSettings>(provider, SmtpSettings.Section))
        .AddSingleton(provider => Settings<DeliverySettings>(provider, DeliverySettings.Section))
        .AddSingleton<TemplateRenderer>()
        .AddSingleton<SmtpConnections>()
        .AddSingleton<DeliveryQueue>()
        .AddWorkSignal<DeliverySignal>()
        .AddHostedService<EmailSender>();

    private static T Settings<T>(IServiceProvider provider, string section)
        where T : class, new() => provider.GetRequiredService<IConfiguration>().GetSection(section).Get<T>() ?? new T();
}

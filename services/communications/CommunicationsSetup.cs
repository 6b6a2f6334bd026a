using FluentValidation;
using Platform.Communications.Delivery;
using Platform.Communications.Emails;
using Platform.Communications.Live;
using Platform.Communications.Notifications;
using Platform.Communications.Templates;
using Platform.Data;
using Platform.Languages;

namespace Platform.Communications;

internal static class CommunicationsSetup
{
    public static IServiceCollection AddCommunications(this IServiceCollection services) => services
        .AddWording(typeof(CommunicationsSetup).Assembly)
        .AddSingleton<IValidator<V1.SendEmailRequest>, SendEmail.Validator>()
        .AddSingleton<IValidator<V1.ListEmailsRequest>, ListEmails.Validator>()
        .AddSingleton<IValidator<V1.MarkNotificationsReadRequest>, MarkNotificationsRead.Validator>()
        .AddSingleton<IValidator<V1.TellPresenceRequest>, TellPresence.Validator>()
        .AddSingleton<LiveLog>()
        .AddSingleton<LiveChannel>()
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

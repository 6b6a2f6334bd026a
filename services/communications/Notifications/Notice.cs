using Google.Protobuf.WellKnownTypes;
using Platform.Communications.Delivery;
using Platform.Communications.Emails;
using Platform.Communications.Templates;
using Platform.Data;
using Platform.Events;
using Platform.Validation;

namespace Platform.Communications.Notifications;

/// <summary>What a person is told of, in two ways: a notification, and an e-mail where there is an address.</summary>
/// <param name="Template">Name of the template, whose model is the data.</param>
/// <param name="Kind">Of the notification.</param>
/// <param name="Data">The model of the template.</param>
/// <param name="Source">What it is about: with the kind and the person the identity of the e-mail.</param>
internal sealed record Notice(string Template, string Kind, Struct Data, string Source)
{
    /// <summary>Tells one person, in the transaction of the reaction.</summary>
    public async Task SendAsync(Guid userId, string name, string email, CommunicationsDbContext db, EventContext context, CancellationToken cancellationToken)
    {
        var renderer = context.Services.GetRequiredService<TemplateRenderer>();
        var time = context.Services.GetRequiredService<TimeProvider>();
        var model = Data.Clone();
        model.Fields["name"] = Value.ForString(name);
        var content = await renderer.RenderAsync(Template, "", model);
        // An event that says too little to tell of is not better the next time.
        if (content.IsError)
            return;
        db.Notifications.Add(Notification.To(userId, Kind, content.Value.Subject, content.Value.Notice, Data.Clone(), time.GetUtcNow()));
        db.Publish(userId, new V1.NotificationsChanged { UserId = userId.ToString() });
        await db.SaveChangesAsync(cancellationToken);
        if (!Rules.IsEmail(email))
            return;
        var request = new V1.SendEmailRequest { To = email, ToName = name, Template = Template, Model = model, SourceType = Kind, SourceId = $"{Source}/{userId}" };
        await SendEmail.Handle(request, db, renderer, context.Services.GetRequiredService<SmtpSettings>(), time, cancellationToken);
    }
}

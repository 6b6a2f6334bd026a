using Grpc.Core;
using Platform.Access;
using Platform.Communications.Delivery;
using Platform.Communications.Templates;
using Platform.Errors;

namespace Platform.Communications.Emails;

/// <summary>The RPC table of e-mails.</summary>
internal sealed class EmailsService(CommunicationsDbContext db, TemplateRenderer templates, SmtpSettings smtp, TimeProvider time)
    : V1.EmailsService.EmailsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListEmailsResponse> ListEmails(V1.ListEmailsRequest request, ServerCallContext context) =>
        Emails.ListEmails.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Email> GetEmail(V1.GetEmailRequest request, ServerCallContext context) =>
        Emails.GetEmail.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Send)]
    public override Task<V1.Email> SendEmail(V1.SendEmailRequest request, ServerCallContext context) =>
        Emails.SendEmail.Handle(request, db, templates, smtp, time, context.CancellationToken).Reply();
}

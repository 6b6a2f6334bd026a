using FluentValidation;
using Google.Api;
using Grpc.Core;
using Platform.Contacts.Leads.Converting;
using Platform.Exporting;
using Platform.Validation;

namespace Platform.Contacts.Leads;

internal static class ExportLeads
{
    public sealed class Validator : AbstractValidator<V1.ExportLeadsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.Format).ExportFormatName();
        }
    }

    public static Task Handle(V1.ExportLeadsRequest request, IServerStreamWriter<HttpBody> output, ContactsDbContext db, TimeProvider time, ServerCallContext call) => RecordExport.WriteAsync(
        Lead.Resource, new ExportRequest(request.Filter, request.OrderBy, request.TimeZone, request.Format), async cancellationToken => await ConvertedDeals.TellingAsync(db, cancellationToken), db, time, output, call);
}

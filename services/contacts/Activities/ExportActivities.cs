using FluentValidation;
using Google.Api;
using Grpc.Core;
using Platform.Exporting;
using Platform.Validation;

namespace Platform.Contacts.Activities;

/// <summary>What the list of all that the caller sees shows.</summary>
internal static class ExportActivities
{
    public sealed class Validator : AbstractValidator<V1.ExportActivitiesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.Format).ExportFormatName();
        }
    }

    public static Task Handle(V1.ExportActivitiesRequest request, IServerStreamWriter<HttpBody> output, ContactsDbContext db, TimeProvider time, ServerCallContext call) => RecordExport.WriteAsync(
        Activity.Resource, new ExportRequest(request.Filter, request.OrderBy, request.TimeZone, request.Format), row => row.ToMessage(), db, time, output, call, rows => rows.VisibleTo(db));
}

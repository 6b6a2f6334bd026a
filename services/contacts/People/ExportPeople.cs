using FluentValidation;
using Google.Api;
using Grpc.Core;
using Platform.Exporting;
using Platform.Validation;

namespace Platform.Contacts.People;

internal static class ExportPeople
{
    public sealed class Validator : AbstractValidator<V1.ExportPeopleRequest>
    {
        public Validator()
        {
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.Format).ExportFormatName();
        }
    }

    public static Task Handle(V1.ExportPeopleRequest request, IServerStreamWriter<HttpBody> output, ContactsDbContext db, TimeProvider time, ServerCallContext call) => RecordExport.WriteAsync(
        Person.Resource, new ExportRequest(request.Filter, request.OrderBy, request.TimeZone, request.Format), row => row.ToMessage(), db, time, output, call);
}

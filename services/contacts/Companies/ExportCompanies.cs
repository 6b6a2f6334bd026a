using FluentValidation;
using Google.Api;
using Grpc.Core;
using Platform.Exporting;
using Platform.Validation;

namespace Platform.Contacts.Companies;

internal static class ExportCompanies
{
    public sealed class Validator : AbstractValidator<V1.ExportCompaniesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.Format).ExportFormatName();
        }
    }

    public static Task Handle(V1.ExportCompaniesRequest request, IServerStreamWriter<HttpBody> output, ContactsDbContext db, TimeProvider time, ServerCallContext call) => RecordExport.WriteAsync(
        Company.Resource, new ExportRequest(request.Filter, request.OrderBy, request.TimeZone, request.Format), row => row.ToMessage(), db, time, output, call);
}

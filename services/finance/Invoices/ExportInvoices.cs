using FluentValidation;
using Google.Api;
using Grpc.Core;
using Platform.Exporting;
using Platform.Validation;

namespace Platform.Finance.Invoices;

internal static class ExportInvoices
{
    public sealed class Validator : AbstractValidator<V1.ExportInvoicesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.Format).ExportFormatName();
        }
    }

    public static Task Handle(V1.ExportInvoicesRequest request, IServerStreamWriter<HttpBody> output, FinanceDbContext db, TimeProvider time, ServerCallContext call) => RecordExport.WriteAsync(
        Invoice.Resource, new ExportRequest(request.Filter, request.OrderBy, request.TimeZone, request.Format), row => row.ToMessage(), db, time, output, call);
}

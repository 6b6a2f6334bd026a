using FluentValidation;
using Google.Api;
using Grpc.Core;
using Platform.Exporting;
using Platform.Validation;

namespace Platform.Deals.Quotes;

internal static class ExportQuotes
{
    public sealed class Validator : AbstractValidator<V1.ExportQuotesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.TimeZone).OptionalTimeZone();
            RuleFor(request => request.Format).ExportFormatName();
        }
    }

    public static Task Handle(V1.ExportQuotesRequest request, IServerStreamWriter<HttpBody> output, DealsDbContext db, TimeProvider time, ServerCallContext call) => RecordExport.WriteAsync(
        Quote.Resource, new ExportRequest(request.Filter, request.OrderBy, request.TimeZone, request.Format), row => row.ToMessage(), db, time, output, call);
}

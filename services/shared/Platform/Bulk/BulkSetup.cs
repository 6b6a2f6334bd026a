using FluentValidation;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Data;
using Platform.Validation;

namespace Platform.Bulk;

/// <summary>Lets a service work on many records at once: docs/bulk-work.md.</summary>
public static class BulkSetup
{
    /// <summary>Registers the jobs and what works on them.</summary>
    /// <param name="services">Of the service.</param>
    /// <param name="configuration">With the section <c>Bulk</c>.</param>
    /// <param name="ended">The service's event that a job has ended, with the id of the person who is to be told, which is empty for nobody.</param>
    /// <param name="kinds">The kinds of records.</param>
    public static IServiceCollection AddBulk(this IServiceCollection services, IConfiguration configuration, Func<V1.BulkJob, string, IMessage> ended, params BulkKind[] kinds) =>
        services.AddBulk(configuration, ended, resource => kinds.FirstOrDefault(kind => kind.Resource.Info.Name == resource));

    /// <summary>The same where each company has kinds of its own.</summary>
    /// <param name="services">Of the service.</param>
    /// <param name="configuration">With the section <c>Bulk</c>.</param>
    /// <param name="ended">As above.</param>
    /// <param name="find">The kind of a resource's name; null where there is none.</param>
    public static IServiceCollection AddBulk(this IServiceCollection services, IConfiguration configuration, Func<V1.BulkJob, string, IMessage> ended, Func<string, BulkKind?> find) => services
        .Configure<BulkOptions>(configuration.GetSection("Bulk"))
        .AddSingleton(new BulkKinds(find, ended))
        .AddScoped(provider => new BulkJobs(
            provider.GetRequiredService<UnitOfWork>(), provider, provider.GetRequiredService<BulkKinds>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<BulkOptions>>()))
        .AddSingleton<BulkQueue>()
        .AddSingleton<BulkScopes>()
        .AddSingleton<BulkRun>()
        .AddSingleton<BulkExportRun>()
        .AddSingleton<BulkForgetting>()
        .AddWorkSignal<BulkSignal>()
        .AddWorkSignal<BulkExportSignal>()
        .AddHostedService<BulkWorker>()
        .AddHostedService<BulkExportWorker>()
        .AddSingleton<IValidator<V1.GetBulkJobRequest>, IdOf<V1.GetBulkJobRequest>>(_ => new(request => request.Id))
        .AddSingleton<IValidator<V1.ListBulkJobItemsRequest>, IdOf<V1.ListBulkJobItemsRequest>>(_ => new(request => request.BulkJobId))
        .AddSingleton<IValidator<V1.CancelBulkJobRequest>, IdOf<V1.CancelBulkJobRequest>>(_ => new(request => request.Id))
        .AddSingleton<IValidator<V1.UndoBulkJobRequest>, IdOf<V1.UndoBulkJobRequest>>(_ => new(request => request.Id))
        .AddSingleton<IValidator<V1.DownloadBulkFileRequest>, IdOf<V1.DownloadBulkFileRequest>>(_ => new(request => request.BulkJobId));

    /// <summary>Maps the jobs of the service.</summary>
    public static void MapBulk(this ModelBuilder model)
    {
        BulkJob.Map(model.Entity<BulkJob>());
        BulkItem.Map(model.Entity<BulkItem>());
        BulkPiece.Map(model.Entity<BulkPiece>());
        BulkChore.Map(model.Entity<BulkChore>());
    }

    private sealed class IdOf<T> : AbstractValidator<T>
    {
        public IdOf(System.Linq.Expressions.Expression<Func<T, string>> id) => RuleFor(id).Id();
    }
}

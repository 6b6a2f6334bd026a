using Microsoft.EntityFrameworkCore.Update;

namespace Platform.Tenancy;

/// <summary>Makes batches of a save that may tell the tenant first.</summary>
internal sealed class TenantBatchFactory(ModificationCommandBatchFactoryDependencies dependencies) : IModificationCommandBatchFactory
{
    // As many as the provider takes.
    private const int MaxBatchSize = 1000;

    public ModificationCommandBatch Create() => new TenantBatch(dependencies, MaxBatchSize);
}

using AirIsland.Storage.Ledger.Rows;
using Microsoft.EntityFrameworkCore;

namespace AirIsland.Storage.Ledger;

/// <summary>
/// The relational part: what things are and who agreed on what. Money and prices are integers. One model; a class derived from it for
/// each kind of database, because each has migrations of its own.
/// </summary>
public abstract class LedgerContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<StationRow> Stations => Set<StationRow>();

    public DbSet<AssetRow> Assets => Set<AssetRow>();

    public DbSet<CompanyRow> Companies => Set<CompanyRow>();

    public DbSet<SupplyPointRow> SupplyPoints => Set<SupplyPointRow>();

    public DbSet<EnergyPointRow> EnergyPoints => Set<EnergyPointRow>();

    public DbSet<ContractVersionRow> ContractVersions => Set<ContractVersionRow>();

    public DbSet<IdleWindowRow> IdleWindows => Set<IdleWindowRow>();

    /// <summary>Waits, within the transaction, until no other process is where this one is about to be.</summary>
    public abstract Task AloneAsync(CancellationToken cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<StationRow>().HasKey(r => r.Id);
        modelBuilder.Entity<AssetRow>().HasKey(r => new { r.StationId, r.Id });
        modelBuilder.Entity<AssetRow>().Property(r => r.Kind).HasConversion<string>();
        modelBuilder.Entity<CompanyRow>().HasKey(r => r.Id);
        modelBuilder.Entity<CompanyRow>().HasIndex(r => r.StationId);
        modelBuilder.Entity<SupplyPointRow>().HasKey(r => new { r.CompanyId, r.VolumeTag });
        modelBuilder.Entity<EnergyPointRow>().HasKey(r => new { r.StationId, r.EnergyTag });
        modelBuilder.Entity<ContractVersionRow>().HasKey(r => new { r.ContractId, r.Version });
        modelBuilder.Entity<ContractVersionRow>().HasIndex(r => new { r.CompanyId, r.ValidFromMs });
        modelBuilder.Entity<IdleWindowRow>().HasKey(r => new { r.CompanyId, r.FromMinute });
        modelBuilder.Entity<AssetRow>().HasOne<StationRow>().WithMany().HasForeignKey(r => r.StationId);
        modelBuilder.Entity<CompanyRow>().HasOne<StationRow>().WithMany().HasForeignKey(r => r.StationId);
        modelBuilder.Entity<EnergyPointRow>().HasOne<StationRow>().WithMany().HasForeignKey(r => r.StationId);
        modelBuilder.Entity<SupplyPointRow>().HasOne<CompanyRow>().WithMany().HasForeignKey(r => r.CompanyId);
        modelBuilder.Entity<ContractVersionRow>().HasOne<CompanyRow>().WithMany().HasForeignKey(r => r.CompanyId);
        modelBuilder.Entity<IdleWindowRow>().HasOne<CompanyRow>().WithMany().HasForeignKey(r => r.CompanyId);
    }
}

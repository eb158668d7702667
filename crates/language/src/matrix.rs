//! Matrix products that come out the same on every processor.
//!
//! Each number of a product is one chain of fused multiply-adds over the inner index in rising order. Vector units only decide
//! how many such chains run side by side, never the order within one, so AVX-512, AVX2, NEON and plain code give the same
//! bits. (A library that splits the inner sum differs in the last bits from one machine to the next.) The weights are packed
//! once, in panels of 32 columns, at load.
#![allow(unsafe_code)]

/// Columns a panel holds.
const PANEL: usize = 32;

/// A weight matrix of `inner` rows and `columns` columns, packed for [`Matrix::multiply`].
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    inner: usize,
    columns: usize,
    panels: Vec<f32>,
}

/// How wide the processor's vectors are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Plain,
}

fn width() -> Width {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            return Width::Avx512;
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            return Width::Avx2;
        }
    }
    Width::Plain
}

impl Matrix {
    /// Packs the matrix whose entry at inner index `k` and column `c` is `entry(k, c)`. Columns are filled up with zeros to a
    /// multiple of 32.
    pub(crate) fn pack(inner: usize, columns: usize, entry: impl Fn(usize, usize) -> f32) -> Matrix {
        let wide = columns.next_multiple_of(PANEL);
        let mut panels = Vec::with_capacity(inner * wide);
        for first in (0..wide).step_by(PANEL) {
            for k in 0..inner {
                panels.extend((first..first + PANEL).map(|c| if c < columns { entry(k, c) } else { 0.0 }));
            }
        }
        Matrix { inner, columns: wide, panels }
    }

    /// Columns of a product, a multiple of 32.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// `out[r, c] = sum over k of a[r * stride + k] * self[k, c]` for `rows` rows; `out` is dense, [`Matrix::columns`] wide.
    /// Rows of `a` may overlap (a stride below the inner size), which is how a convolution is read without copying.
    ///
    /// # Panics
    /// When `a` or `out` is too short.
    pub(crate) fn multiply(&self, a: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        if rows == 0 {
            return;
        }
        assert!(a.len() >= (rows - 1) * stride + self.inner, "a of {} for {rows} rows", a.len());
        assert!(out.len() >= rows * self.columns, "out of {} for {rows} rows", out.len());
        match width() {
            // SAFETY: the features were detected just now; the lengths that `rows_of` relies on are asserted above.
            #[cfg(target_arch = "x86_64")]
            Width::Avx512 => unsafe { x86::avx512(self, a, stride, rows, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Width::Avx2 => unsafe { x86::avx2(self, a, stride, rows, out) },
            Width::Plain => plain(self, a, stride, rows, out),
        }
    }
}

/// The same chains without vectors: what the others must equal, bit for bit.
fn plain(m: &Matrix, a: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
    for (p, panel) in m.panels.chunks_exact(m.inner * PANEL).enumerate() {
        for r in 0..rows {
            let mut sums = [0f32; PANEL];
            for (x, weights) in a[r * stride..r * stride + m.inner].iter().zip(panel.chunks_exact(PANEL)) {
                for (sum, w) in sums.iter_mut().zip(weights) {
                    *sum = x.mul_add(*w, *sum);
                }
            }
            out[r * m.columns + p * PANEL..][..PANEL].copy_from_slice(&sums);
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m256, __m512, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps,
        _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps,
    };

    use super::{Matrix, PANEL};

    /// `R` rows times one panel: `V` vectors of `L` numbers hold a row's 32 sums, all kept in registers.
    macro_rules! tile {
        ($name:ident, $feature:literal, $vector:ty, $n:literal, $lanes:literal, $zero:ident, $set:ident, $load:ident, $fma:ident, $store:ident) => {
            /// # Safety
            /// `a` must be readable at `r * stride + k` and `out` writable at `r * width + c` for all `r < R`, `k < inner`,
            /// `c < 32`; `panel` must hold `inner * 32` numbers.
            #[target_feature(enable = $feature)]
            #[inline]
            unsafe fn $name<const R: usize>(
                a: *const f32,
                stride: usize,
                inner: usize,
                panel: *const f32,
                out: *mut f32,
                width: usize,
            ) {
                let mut sums: [[$vector; $n]; R] = [[$zero(); $n]; R];
                for k in 0..inner {
                    // SAFETY: `k < inner`, `r < R` and the offsets stay below 32: within what the caller vouches for.
                    unsafe {
                        let row = panel.add(k * PANEL);
                        let mut weights = [$zero(); $n];
                        for (v, weight) in weights.iter_mut().enumerate() {
                            *weight = $load(row.add(v * $lanes));
                        }
                        for r in 0..R {
                            let x = $set(*a.add(r * stride + k));
                            for v in 0..$n {
                                sums[r][v] = $fma(x, weights[v], sums[r][v]);
                            }
                        }
                    }
                }
                for r in 0..R {
                    for v in 0..$n {
                        // SAFETY: `r < R` and `v * lanes < 32`.
                        unsafe { $store(out.add(r * width + v * $lanes), sums[r][v]) };
                    }
                }
            }
        };
    }

    tile!(
        tile512,
        "avx512f",
        __m512,
        2,
        16,
        _mm512_setzero_ps,
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_fmadd_ps,
        _mm512_storeu_ps
    );
    tile!(
        tile256,
        "avx2,fma",
        __m256,
        4,
        8,
        _mm256_setzero_ps,
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_fmadd_ps,
        _mm256_storeu_ps
    );

    /// One row times `P` panels side by side: a single chain a column would wait for its own last addition.
    macro_rules! row {
        ($name:ident, $feature:literal, $vector:ty, $n:literal, $lanes:literal, $zero:ident, $set:ident, $load:ident, $fma:ident, $store:ident) => {
            /// # Safety
            /// `a` holds `inner` numbers, `panels` `P * inner * 32`, and `out` has room for `P * 32`.
            #[target_feature(enable = $feature)]
            #[inline]
            unsafe fn $name<const P: usize>(a: *const f32, inner: usize, panels: *const f32, out: *mut f32) {
                let mut sums: [[$vector; $n]; P] = [[$zero(); $n]; P];
                for k in 0..inner {
                    // SAFETY: `k < inner`, `p < P` and the offsets stay below 32.
                    unsafe {
                        let x = $set(*a.add(k));
                        for p in 0..P {
                            for v in 0..$n {
                                let weight = $load(panels.add((p * inner + k) * PANEL + v * $lanes));
                                sums[p][v] = $fma(x, weight, sums[p][v]);
                            }
                        }
                    }
                }
                for p in 0..P {
                    for v in 0..$n {
                        // SAFETY: `p < P` and `v * lanes < 32`.
                        unsafe { $store(out.add(p * PANEL + v * $lanes), sums[p][v]) };
                    }
                }
            }
        };
    }

    row!(
        row512,
        "avx512f",
        __m512,
        2,
        16,
        _mm512_setzero_ps,
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_fmadd_ps,
        _mm512_storeu_ps
    );
    row!(
        row256,
        "avx2,fma",
        __m256,
        4,
        8,
        _mm256_setzero_ps,
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_fmadd_ps,
        _mm256_storeu_ps
    );

    /// Walks all tiles: a panel at a time, rows in the largest blocks that fit.
    macro_rules! walk {
        ($name:ident, $feature:literal, $tile:ident, [$($rows:literal),+], $row:ident, $abreast:literal) => {
            /// # Safety
            /// The processor has the feature; `a` holds `(rows - 1) * stride + m.inner` numbers and `out` `rows * m.columns`.
            #[target_feature(enable = $feature)]
            pub(super) unsafe fn $name(m: &Matrix, a: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
                let (a, out) = (a.as_ptr(), out.as_mut_ptr());
                if rows == 1 {
                    let (n, size) = (m.columns / PANEL, m.inner * PANEL);
                    let mut p = 0;
                    while p < n {
                        let panels = m.panels[p * size..].as_ptr();
                        // SAFETY: panels `p` to `p + $abreast`, or `p` alone, lie below `n`, as do their columns of `out`.
                        unsafe {
                            if n - p >= $abreast {
                                $row::<$abreast>(a, m.inner, panels, out.add(p * PANEL));
                                p += $abreast;
                            } else {
                                $row::<1>(a, m.inner, panels, out.add(p * PANEL));
                                p += 1;
                            }
                        }
                    }
                    return;
                }
                for (p, panel) in m.panels.chunks_exact(m.inner * PANEL).enumerate() {
                    let mut r = 0;
                    $(
                        while rows - r >= $rows {
                            // SAFETY: rows `r..r + $rows` lie below `rows`, the panel is one of `m.columns / 32`: the caller's
                            // lengths cover every access.
                            unsafe {
                                $tile::<$rows>(
                                    a.add(r * stride), stride, m.inner, panel.as_ptr(),
                                    out.add(r * m.columns + p * PANEL), m.columns,
                                );
                            }
                            r += $rows;
                        }
                    )+
                }
            }
        };
    }

    walk!(avx512, "avx512f", tile512, [12, 4, 2, 1], row512, 4);
    walk!(avx2, "avx2,fma", tile256, [3, 1], row256, 2);
}

/// `out[i]` becomes the sum of the rows at `i`, added in their order. Rows are as long as `out`, or empty.
pub(crate) fn sum(rows: &[&[f32]], out: &mut [f32]) {
    match width() {
        // SAFETY: the feature was detected just now; the body is safe code.
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 | Width::Avx2 => unsafe { sum_avx2(rows, out) },
        Width::Plain => sum_body(rows, out),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn sum_avx2(rows: &[&[f32]], out: &mut [f32]) {
    sum_body(rows, out);
}

#[inline(always)]
fn sum_body(rows: &[&[f32]], out: &mut [f32]) {
    const N: usize = 32;
    for (at, out) in out.as_chunks_mut::<N>().0.iter_mut().enumerate() {
        let mut sums = [0f32; N];
        for row in rows {
            if let Some(row) = row.as_chunks::<N>().0.get(at) {
                for (sum, x) in sums.iter_mut().zip(row) {
                    *sum += x;
                }
            }
        }
        *out = sums;
    }
}

/// Adds the maximum of three and normalises: `h[r] += layer_norm(max of the three pieces of y[r] + bias)`, rows of 96.
///
/// `y` holds a row's pieces one after the other, 3 x 96; with `fresh` the row of `h` is set, not added to. Sums run in 16
/// lanes, folded in halves, whatever the processor.
pub(crate) fn maxout_norm(y: &[f32], bias: &[f32], scale: &[f32], shift: &[f32], h: &mut [f32], fresh: bool) {
    match width() {
        // SAFETY: the feature was detected just now; the body is safe code.
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 | Width::Avx2 => unsafe { maxout_norm_avx2(y, bias, scale, shift, h, fresh) },
        Width::Plain => maxout_norm_body(y, bias, scale, shift, h, fresh),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn maxout_norm_avx2(y: &[f32], bias: &[f32], scale: &[f32], shift: &[f32], h: &mut [f32], fresh: bool) {
    maxout_norm_body(y, bias, scale, shift, h, fresh);
}

#[inline(always)]
fn maxout_norm_body(y: &[f32], bias: &[f32], scale: &[f32], shift: &[f32], h: &mut [f32], fresh: bool) {
    const N: usize = 96;
    let (Some(bias), Some(scale), Some(shift)) =
        (bias.first_chunk::<{ 3 * N }>(), scale.first_chunk::<N>(), shift.first_chunk::<N>())
    else {
        return;
    };
    for (y, h) in y.as_chunks::<{ 3 * N }>().0.iter().zip(h.as_chunks_mut::<N>().0) {
        let mut best = [0f32; N];
        for o in 0..N {
            let (x0, x1, x2) = (y[o] + bias[o], y[N + o] + bias[N + o], y[2 * N + o] + bias[2 * N + o]);
            let x01 = if x0 > x1 { x0 } else { x1 };
            best[o] = if x01 > x2 { x01 } else { x2 };
        }
        let mean = fold(&best, |x| x) / N as f32;
        let variance = fold(&best, |x| (x - mean) * (x - mean)) / N as f32;
        let factor = 1.0 / (variance + 1e-8).sqrt();
        for o in 0..N {
            let normal = (best[o] - mean) * factor * scale[o] + shift[o];
            h[o] = if fresh { normal } else { h[o] + normal };
        }
    }
}

#[inline(always)]
fn fold(x: &[f32; 96], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; 16];
    for chunk in x.as_chunks::<16>().0 {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += f(*x);
        }
    }
    let mut n = 8;
    while n > 0 {
        for i in 0..n {
            lanes[i] += lanes[i + n];
        }
        n /= 2;
    }
    lanes[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(n: usize, mut seed: u64) -> Vec<f32> {
        (0..n)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((seed >> 40) as f32) / (1 << 23) as f32 - 1.0
            })
            .collect()
    }

    #[test]
    fn vectors_give_the_bits_of_plain_code() {
        for (inner, columns, rows, stride) in [(288, 288, 37, 96), (64, 106, 1, 64), (96, 50, 29, 96), (5, 3, 2, 5)] {
            let weights = noise(inner * columns, 7);
            let m = Matrix::pack(inner, columns, |k, c| weights[c * inner + k]);
            let a = noise((rows - 1) * stride + inner, 9);
            let mut fast = vec![0.0; rows * m.columns()];
            let mut slow = fast.clone();
            m.multiply(&a, stride, rows, &mut fast);
            plain(&m, &a, stride, rows, &mut slow);
            let bits = |v: &[f32]| v.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&fast), bits(&slow), "{inner} x {columns}, {rows} rows");
            #[cfg(target_arch = "x86_64")]
            if width() == Width::Avx512 {
                // SAFETY: a processor with AVX-512 has AVX2 and FMA; the lengths are those of the call above.
                unsafe { x86::avx2(&m, &a, stride, rows, &mut fast) };
                assert_eq!(bits(&fast), bits(&slow), "AVX2, {inner} x {columns}, {rows} rows");
            }
        }
    }

    #[test]
    fn rows_are_summed_in_their_order() {
        let rows: Vec<Vec<f32>> = (0..5).map(|seed| noise(96, seed)).collect();
        let mut out = vec![9.0; 96];
        sum(&[&rows[0], &rows[1], &[], &rows[2], &rows[3], &rows[4]], &mut out);
        let expected: Vec<f32> = (0..96).map(|i| rows.iter().fold(0.0, |sum, row| sum + row[i])).collect();
        assert_eq!(out, expected);
    }

    #[test]
    fn rows_do_not_depend_on_their_neighbours() {
        let weights = noise(96 * 64, 3);
        let m = Matrix::pack(96, 64, |k, c| weights[c * 96 + k]);
        let a = noise(96 * 20, 5);
        let (mut all, mut one) = (vec![0.0; 20 * 64], vec![0.0; 64]);
        m.multiply(&a, 96, 20, &mut all);
        m.multiply(&a[96 * 13..], 96, 1, &mut one);
        assert_eq!(all[13 * 64..14 * 64], one);
    }
}
